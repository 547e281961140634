import { HttpException, HttpStatus } from '@nestjs/common';
/** An error of ours in Nest's shape, `{ statusCode, message, error }`, answered by our own filter whatever the host's does. */
export declare class LogConsoleException extends HttpException {
    readonly headers: Readonly<Record<string, string>>;
    constructor(status: HttpStatus, message: string | string[], headers?: Readonly<Record<string, string>>);
}
