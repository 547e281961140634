import { applyDecorators, HttpStatus } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtraModels, ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags, getSchemaPath, } from '@nestjs/swagger';
import { ClearQuery, EntriesQuery, ExportQuery, LiveQuery, TailQuery } from '../reading.query.js';
import { BatchShape, ClearedShape, EntryShape, ErrorShape, GapShape, RedactionPreviewShape, RedactionTextShape, SessionShape, SignInShape, StatsShape, } from './shapes.js';
import { STREAM_EVENTS } from './stream-events.js';
const ERRORS = {
    [HttpStatus.BAD_REQUEST]: 'A parameter is wrong; the message names it and what is accepted.',
    [HttpStatus.UNAUTHORIZED]: 'Not signed in.',
    [HttpStatus.FORBIDDEN]: 'Signed in, but the role does not allow it; or a request another site may have forged.',
    [HttpStatus.CONFLICT]: 'Not possible now; nothing was changed.',
    [HttpStatus.TOO_MANY_REQUESTS]: 'Too many wrong tokens from this address; `Retry-After` says when to try again.',
    [HttpStatus.SERVICE_UNAVAILABLE]: 'No free stream slot; `Retry-After` says when to try again.',
};
/** What all our controllers share. */
export function DocumentRoutes() {
    return applyDecorators(ApiTags('Log console'), 
    // Under Nest's default name: the scheme a host's `new DocumentBuilder().addBearerAuth()` declares.
    ApiBearerAuth(), ApiExtraModels(EntryShape, GapShape, BatchShape, ErrorShape));
}
function document({ id, summary, description, query, ok, errors }) {
    const error = { 'application/json': { schema: { $ref: getSchemaPath(ErrorShape) } } };
    const content = ok.content ?? (ok.shape && { 'application/json': { schema: { $ref: getSchemaPath(ok.shape) } } });
    return applyDecorators(ApiOperation({
        operationId: `logConsole${id}`,
        summary,
        ...(description === undefined ? {} : { description }),
    }), ...(query ? [ApiQuery({ type: query })] : []), ...(ok.shape ? [ApiExtraModels(ok.shape)] : []), ApiResponse({
        status: ok.status ?? HttpStatus.OK,
        description: ok.description,
        ...(content ? { content } : {}),
    }), ...errors.map((status) => ApiResponse({ status, description: ERRORS[status], content: error })));
}
const SIGNED_IN = [
    HttpStatus.BAD_REQUEST,
    HttpStatus.UNAUTHORIZED,
    HttpStatus.FORBIDDEN,
    HttpStatus.TOO_MANY_REQUESTS,
];
const HELD_OPEN = [...SIGNED_IN, HttpStatus.SERVICE_UNAVAILABLE];
export const DocumentEntries = () => document({
    id: 'Entries',
    summary: 'Poll the log: one batch (role viewer)',
    description: 'Without a cursor the newest `limit` entries. A filtered read examines at most 50,000 entries or 20 ms: it may answer few or none with `more: true` and a cursor that has moved.',
    query: EntriesQuery,
    ok: { description: 'One batch.', shape: BatchShape },
    errors: HELD_OPEN,
});
export const DocumentStream = () => applyDecorators(document({
    id: 'Stream',
    summary: 'The log live, as Server-Sent Events (role viewer)',
    description: STREAM_EVENTS,
    query: LiveQuery,
    ok: {
        description: 'Events, until the client leaves. The data of an unnamed event is a batch.',
        content: {
            'text/event-stream': {
                schema: {
                    type: 'string',
                    description: 'Server-Sent Events; the data of unnamed events is a LogConsoleBatch.',
                },
            },
        },
    },
    errors: HELD_OPEN,
}), ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Sent by an EventSource that reconnects; one of the form `<epoch>-<id>` wins over `after`, any other is ignored.',
    schema: { type: 'string' },
}));
export const DocumentTail = () => document({
    id: 'Tail',
    summary: 'The log live, as text: for `curl -N` or a browser tab (role viewer)',
    description: 'One entry per line; stacks and further lines of a message are indented by four spaces; a gap is a line of its own. Control characters are shown as `\\x1b`.',
    query: TailQuery,
    ok: {
        description: 'Lines, until the client leaves.',
        content: { 'text/plain': { schema: { type: 'string' } } },
    },
    errors: HELD_OPEN,
});
export const DocumentExport = () => document({
    id: 'Export',
    summary: 'Download everything that matches (role operator)',
    description: 'Up to the newest entry at its start, at most 100,000 entries; a cut is told in the last line: ndjson `{"more":true,"next":"<cursor>"}`, csv a row with level `more`, text `--- more: <cursor> ---`. A gap is a line of its own. In csv a cell that a spreadsheet would take for a formula gets a leading apostrophe.',
    query: ExportQuery,
    ok: {
        description: 'The entries, one per line.',
        content: Object.fromEntries(['application/x-ndjson', 'text/csv', 'text/plain'].map((type) => [
            type,
            { schema: { type: 'string' } },
        ])),
    },
    errors: HELD_OPEN,
});
export const DocumentClear = () => document({
    id: 'Clear',
    summary: 'Clear the live buffer for everyone (role operator)',
    description: 'Removes everything up to `upTo`. The next entry says who cleared how many; ids go on. With a cookie it needs the header `X-Log-Console: 1`.',
    query: ClearQuery,
    ok: { description: 'How many were removed.', shape: ClearedShape },
    errors: [...SIGNED_IN, HttpStatus.CONFLICT],
});
export const DocumentStats = () => document({
    id: 'Stats',
    summary: 'Counters (role viewer)',
    ok: { description: 'The counters at this moment.', shape: StatsShape },
    errors: SIGNED_IN,
});
export const DocumentRedactionPreview = () => applyDecorators(ApiBody({ type: RedactionTextShape }), document({
    id: 'RedactionPreview',
    summary: 'What would be masked in a text, and by which rule (role admin)',
    description: 'Nothing is kept or logged. With a cookie it needs the header `X-Log-Console: 1`.',
    ok: { description: 'The text as it would be kept.', shape: RedactionPreviewShape },
    errors: SIGNED_IN,
}));
export const DocumentSession = () => document({
    id: 'Session',
    summary: 'Who I am, what I may do, which server this is (signed in)',
    ok: { description: 'The session.', shape: SessionShape },
    errors: SIGNED_IN,
});
export const DocumentSignIn = () => applyDecorators(ApiBody({ type: SignInShape, required: false, description: 'Or `Authorization: Bearer` instead.' }), document({
    id: 'SignIn',
    summary: 'Sign in: a token becomes a cookie',
    description: 'With a cookie or nothing it needs the header `X-Log-Console: 1`.',
    ok: { description: 'Signed in; the cookie is set.', shape: SessionShape },
    errors: SIGNED_IN,
}));
export const DocumentSignOut = () => document({
    id: 'SignOut',
    summary: 'Sign out: empty the cookie',
    ok: { status: HttpStatus.NO_CONTENT, description: 'Signed out.' },
    errors: [HttpStatus.BAD_REQUEST, HttpStatus.FORBIDDEN],
});
