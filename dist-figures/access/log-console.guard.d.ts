import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessControl } from './access-control.js';
import { LogConsoleException } from './log-console.exception.js';
/** The one guard, on every controller of ours: every spelling of a URL meets the same check, HEAD included. */
export declare class LogConsoleGuard implements CanActivate {
    #private;
    private readonly access;
    private readonly host;
    constructor(access: AccessControl, host: HttpAdapterHost);
    canActivate(context: ExecutionContext): Promise<boolean>;
    /** The answer to somebody unknown: 429 instead of 401 for too many wrong tokens from one address. */
    denied({ denied, wrongToken }: {
        denied: 401 | 403;
        wrongToken: boolean;
    }, address: string): LogConsoleException;
}
