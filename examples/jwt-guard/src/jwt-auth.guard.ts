import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

/** Who is asking, as the token says. */
export interface User {
  readonly name: string;
  readonly job: 'picker' | 'supervisor';
}

/** The application's own guard. Programs send the token in a header; the browser has it in a cookie. */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request: { headers: Record<string, string | undefined>; user?: User } = context
      .switchToHttp()
      .getRequest();
    const { authorization = '', cookie = '' } = request.headers;
    const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? /(?:^|; )jwt=([^;]+)/.exec(cookie)?.[1];
    try {
      request.user = await this.jwt.verifyAsync<User & object>(token ?? '');
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
