import { Body, Controller, Header, Logger, Module, Post, Res, UnauthorizedException } from '@nestjs/common';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { randomBytes } from 'node:crypto';
import { LogConsoleModule } from 'nestjs-log-console';
import { JwtAuthGuard, type User } from './jwt-auth.guard.js';

/** Stands for the application's own users and passwords. */
const STAFF: Record<string, User | undefined> = {
  anna: { name: 'anna', job: 'supervisor' },
  bert: { name: 'bert', job: 'picker' },
};

@Controller('login')
export class LoginController {
  private readonly logger = new Logger(LoginController.name);

  constructor(private readonly jwt: JwtService) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  async login(
    @Body('name') name: string,
    @Res({ passthrough: true }) response: { cookie(name: string, value: string, options: object): void },
  ): Promise<{ token: string }> {
    const user = Object.hasOwn(STAFF, name) ? STAFF[name] : undefined;
    if (!user) throw new UnauthorizedException();
    const token = await this.jwt.signAsync(user, { expiresIn: '1h' });
    response.cookie('jwt', token, { httpOnly: true, sameSite: 'strict' });
    this.logger.log(`${name} signed in`);
    return { token };
  }
}

@Module({
  imports: [
    JwtModule.register({ global: true, secret: process.env.JWT_SECRET ?? randomBytes(32).toString('hex') }),
    LogConsoleModule.forRoot({
      access: {
        guards: [JwtAuthGuard],
        role: (user: User) => (user.job === 'supervisor' ? 'operator' : undefined),
      },
    }),
  ],
  controllers: [LoginController],
})
export class AppModule {}
