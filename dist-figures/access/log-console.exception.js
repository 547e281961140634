import { HttpException, HttpStatus } from '@nestjs/common';
const NAMES = {
    [HttpStatus.BAD_REQUEST]: 'Bad Request',
    [HttpStatus.UNAUTHORIZED]: 'Unauthorized',
    [HttpStatus.FORBIDDEN]: 'Forbidden',
    [HttpStatus.NOT_FOUND]: 'Not Found',
    [HttpStatus.CONFLICT]: 'Conflict',
    [HttpStatus.TOO_MANY_REQUESTS]: 'Too Many Requests',
    [HttpStatus.SERVICE_UNAVAILABLE]: 'Service Unavailable',
};
/** An error of ours in Nest's shape, `{ statusCode, message, error }`, answered by our own filter whatever the host's does. */
export class LogConsoleException extends HttpException {
    constructor(status, message, headers = {}) {
        super({ statusCode: status, message, error: NAMES[status] ?? 'Error' }, status);
        this.headers = headers;
    }
}
