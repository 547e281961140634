var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { Controller, HttpCode, HttpStatus, Inject, Post, Req, Res, UseFilters, UseGuards, } from '@nestjs/common';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { TextRedactor } from '../domain/text-redactor.js';
import { sendJson } from './host-response.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';
import { DocumentRedactionPreview, DocumentRoutes } from './openapi/documented-routes.js';
import { badRequest, readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';
const MAX_TEXT = 65_536;
/** What redaction would do. */
let RedactionController = class RedactionController {
    constructor(redactor) {
        this.redactor = redactor;
    }
    preview(request, response) {
        readQuery(NoQuery, request);
        sendJson(response, HttpStatus.OK, this.redactor.preview(textOf(request)));
    }
};
__decorate([
    Post('api/redaction/preview'),
    HttpCode(HttpStatus.OK),
    Requires('redaction'),
    DocumentRedactionPreview(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", void 0)
], RedactionController.prototype, "preview", null);
RedactionController = __decorate([
    UseGuards(LogConsoleGuard),
    UseFilters(LogConsoleExceptionFilter),
    DocumentRoutes(),
    Controller(),
    __param(0, Inject(TextRedactor)),
    __metadata("design:paramtypes", [Object])
], RedactionController);
export { RedactionController };
function textOf(request) {
    const { text } = (request.body ?? {});
    if (typeof text === 'string' && text.length <= MAX_TEXT)
        return text;
    throw badRequest([
        `text must be a text of at most ${MAX_TEXT} characters, in a JSON body { "text": "…" }.`,
    ]);
}
