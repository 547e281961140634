import { Controller, Get, Logger, Module } from '@nestjs/common';
import { LogConsoleModule } from 'nestjs-log-console';

@Controller()
export class AppController {
  private readonly logger = new Logger(AppController.name);

  @Get()
  hello(): string {
    this.logger.log('somebody says hello');
    return 'Hello World!';
  }
}

@Module({ imports: [LogConsoleModule.forRoot()], controllers: [AppController] })
export class AppModule {}
