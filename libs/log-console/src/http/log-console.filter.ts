import { Catch, HttpStatus, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LogConsoleException } from '../access/log-console.exception.js';
import { sendBytes, sendJson, type HostResponse } from './host-response.js';

/** Answers our own errors in Nest's shape, whatever shape the host's filters give to theirs. */
@Catch(LogConsoleException)
export class LogConsoleExceptionFilter implements ExceptionFilter<LogConsoleException> {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  catch(exception: LogConsoleException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<HostResponse>();
    if (this.host.httpAdapter.isHeadersSent(response)) return;
    const status = exception.getStatus();
    if (status === (HttpStatus.NO_CONTENT as number)) sendBytes(response, status, exception.headers, []);
    else sendJson(response, status, exception.getResponse(), exception.headers);
  }
}
