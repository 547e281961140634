import { Controller, Get, Logger, Module } from '@nestjs/common';
import { LogConsoleModule } from 'nestjs-log-console';

@Controller('orders')
export class OrdersController {
  private readonly logger = new Logger('Orders');

  @Get()
  list(): { ok: boolean } {
    this.logger.log('somebody asks for the orders');
    return { ok: true };
  }
}

@Module({
  imports: [
    LogConsoleModule.forRoot({
      access: {
        tokens: [
          { token: 'a-token-of-the-pack-check-with-enough-characters', name: 'ops', role: 'operator' },
        ],
      },
    }),
  ],
  controllers: [OrdersController],
})
export class ShopModule {}
