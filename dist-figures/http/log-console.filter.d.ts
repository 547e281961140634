import { type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LogConsoleException } from '../access/log-console.exception.js';
/** Answers our own errors in Nest's shape, whatever shape the host's filters give to theirs. */
export declare class LogConsoleExceptionFilter implements ExceptionFilter<LogConsoleException> {
    private readonly host;
    constructor(host: HttpAdapterHost);
    catch(exception: LogConsoleException, host: ArgumentsHost): void;
}
