import { HttpCode, HttpStatus, Inject, Post, Req, Res } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
import { Requires } from '../access/requires.js';
import { TextRedactor } from '../domain/text-redactor.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import { DocumentRedactionPreview, DocumentRoutes } from './openapi/documented-routes.js';
import { badRequest, readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';

const MAX_TEXT = 65_536;

/** What redaction would do. */
@GuardedController()
@DocumentRoutes()
export class RedactionController {
  constructor(@Inject(TextRedactor) private readonly redactor: TextRedactor) {}

  @Post('api/redaction/preview')
  @HttpCode(HttpStatus.OK)
  @Requires('redaction')
  @DocumentRedactionPreview()
  preview(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, this.redactor.preview(textOf(request)));
  }
}

function textOf(request: HttpRequest): string {
  const { text } = (request.body ?? {}) as { text?: unknown };
  if (typeof text === 'string' && text.length <= MAX_TEXT) return text;
  throw badRequest([
    `text must be a text of at most ${MAX_TEXT} characters, in a JSON body { "text": "…" }.`,
  ]);
}
