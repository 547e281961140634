import { type HttpRequest } from '../access/http-request.js';
import { TextRedactor } from '../domain/text-redactor.js';
/** What redaction would do. */
export declare class RedactionController {
    private readonly redactor;
    constructor(redactor: TextRedactor);
    preview(request: HttpRequest, response: object): void;
}
