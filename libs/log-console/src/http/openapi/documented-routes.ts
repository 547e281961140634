import { applyDecorators, HttpStatus, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { MAX_LEVEL_TEXT } from '../../domain/level-problems.js';
import { ClearQuery, EntriesQuery, ExportQuery, LiveQuery, TailQuery } from '../reading.query.js';
import {
  BatchShape,
  ClearedShape,
  ContextLevelShape,
  EntryShape,
  ErrorShape,
  FilesShape,
  GapShape,
  InstancesShape,
  LevelsShape,
  OperationShape,
  OperationsShape,
  RedactionPreviewShape,
  RedactionTextShape,
  RequestShape,
  SessionShape,
  SetLevelShape,
  SignInShape,
  StatsShape,
} from './shapes.js';
import { STREAM_EVENTS } from './stream-events.js';

const ERRORS = {
  [HttpStatus.BAD_REQUEST]: 'A parameter is wrong; the message names it and what is accepted.',
  [HttpStatus.UNAUTHORIZED]: 'Not signed in.',
  [HttpStatus.FORBIDDEN]:
    'Signed in, but the role does not allow it; or a request another site may have forged.',
  [HttpStatus.NOT_FOUND]: 'There is nothing of this id, or it is no longer kept.',
  [HttpStatus.CONFLICT]: 'Not possible now; nothing was changed.',
  [HttpStatus.TOO_MANY_REQUESTS]:
    'Too many wrong tokens from this address; `Retry-After` says when to try again.',
  [HttpStatus.SERVICE_UNAVAILABLE]: 'No free stream slot; `Retry-After` says when to try again.',
} as const;
type ErrorStatus = keyof typeof ERRORS;

interface RouteDocument {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Type;
  readonly ok: {
    readonly status?: HttpStatus;
    readonly description: string;
    readonly shape?: Type;
    readonly content?: Record<string, { schema: object }>;
  };
  readonly errors: readonly ErrorStatus[];
  /** What a 404 says, where it is not about a file. */
  readonly unknown?: string;
}

/** What all our controllers share. */
export function DocumentRoutes(): ClassDecorator {
  return applyDecorators(
    ApiTags('Log console'),
    // Under Nest's default name: the scheme a host's `new DocumentBuilder().addBearerAuth()` declares.
    ApiBearerAuth(),
    ApiExtraModels(EntryShape, GapShape, BatchShape, ErrorShape),
  );
}

function document({ id, summary, description, query, ok, errors, unknown }: RouteDocument): MethodDecorator {
  const texts = unknown === undefined ? ERRORS : { ...ERRORS, [HttpStatus.NOT_FOUND]: unknown };
  const error = { 'application/json': { schema: { $ref: getSchemaPath(ErrorShape) } } };
  const content =
    ok.content ?? (ok.shape && { 'application/json': { schema: { $ref: getSchemaPath(ok.shape) } } });
  return applyDecorators(
    ApiOperation({
      operationId: `logConsole${id}`,
      summary,
      ...(description === undefined ? {} : { description }),
    }),
    ...(query ? [ApiQuery({ type: query })] : []),
    ...(ok.shape ? [ApiExtraModels(ok.shape)] : []),
    ApiResponse({
      status: ok.status ?? HttpStatus.OK,
      description: ok.description,
      ...(content ? { content } : {}),
    }),
    ...errors.map((status) => ApiResponse({ status, description: texts[status], content: error })),
  );
}

const SIGNED_IN = [
  HttpStatus.BAD_REQUEST,
  HttpStatus.UNAUTHORIZED,
  HttpStatus.FORBIDDEN,
  HttpStatus.TOO_MANY_REQUESTS,
] as const;
const HELD_OPEN = [...SIGNED_IN, HttpStatus.SERVICE_UNAVAILABLE] as const;

/** Whose entries a reading route gives. */
interface DocumentedSource {
  /** Stands in the ids of its operations. */
  readonly id: '' | 'File' | 'Operation';
  readonly what: string;
  /** Said in front of the description. */
  readonly about?: string;
  /** Its id in the path. */
  readonly named?: MethodDecorator;
  readonly roles: { readonly read: string; readonly export: string };
}

const LOG: DocumentedSource = {
  id: '',
  what: 'the log',
  roles: { read: 'viewer', export: 'operator' },
};
const FILE: DocumentedSource = {
  id: 'File',
  what: 'a file',
  named: ApiParam({
    name: 'id',
    description: 'The id of the file, from `GET files`.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._~-]{1,200}$' },
  }),
  about:
    'The same for a file as for the log. The id of an entry is the offset of the end of its line, the epoch names the file: both are the same on every instance. A file that is missing or cannot be read has no entries; its streams stay open.',
  roles: { read: 'operator', export: 'operator' },
};
const NAMED_OPERATION = ApiParam({
  name: 'id',
  description: 'The id of the operation.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
});
const OPERATION: DocumentedSource = {
  id: 'Operation',
  what: 'an operation',
  named: NAMED_OPERATION,
  about:
    'The same for the lines of an operation as for the log. Once the operation is over, so are its live answers: the text ends with its outcome, `=== ok in 12.4 s, 1,204 lines, 3 warnings ===`.',
  roles: { read: 'viewer', export: 'operator' },
};

/** What a reading route is, whatever its source. */
function documentReading(source: DocumentedSource, route: Omit<RouteDocument, 'errors'>): MethodDecorator {
  const { id, about, named } = source;
  const description = [about, route.description].filter((text) => text !== undefined).join('\n\n');
  const documented = document({
    ...route,
    id: `${id}${route.id}`,
    ...(description === '' ? {} : { description }),
    errors: named === undefined ? HELD_OPEN : [...HELD_OPEN, HttpStatus.NOT_FOUND],
  });
  return applyDecorators(documented, ...(named ? [named] : []));
}

function documentEntries(source: DocumentedSource): MethodDecorator {
  return documentReading(source, {
    id: 'Entries',
    summary: `Poll ${source.what}: one batch (role ${source.roles.read})`,
    description:
      'Without a cursor the newest `limit` entries. A filtered read examines at most 50,000 entries or 20 ms: it may answer few or none with `more: true` and a cursor that has moved.',
    query: EntriesQuery,
    ok: { description: 'One batch.', shape: BatchShape },
  });
}

function documentStream(source: DocumentedSource): MethodDecorator {
  return applyDecorators(
    documentReading(source, {
      id: 'Stream',
      summary: `${capitalised(source.what)} live, as Server-Sent Events (role ${source.roles.read})`,
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
    }),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description:
        'Sent by an EventSource that reconnects; one of the form `<epoch>-<id>` wins over `after`, any other is ignored.',
      schema: { type: 'string' },
    }),
  );
}

function documentTail(source: DocumentedSource): MethodDecorator {
  return documentReading(source, {
    id: 'Tail',
    summary: `${capitalised(source.what)} live, as text: for \`curl -N\` or a browser tab (role ${source.roles.read})`,
    description:
      'One entry per line; stacks, further lines of a message and what continues an entry are indented by four spaces; a time that is not known is `-`; a gap is a line of its own. Control characters are shown as `\\x1b`.',
    query: TailQuery,
    ok: {
      description: 'Lines, until the client leaves.',
      content: { 'text/plain': { schema: { type: 'string' } }, 'text/html': { schema: { type: 'string' } } },
    },
  });
}

function documentExport(source: DocumentedSource): MethodDecorator {
  return documentReading(source, {
    id: 'Export',
    summary: `Download everything of ${source.what} that matches (role ${source.roles.export})`,
    description:
      'Up to the newest entry at its start, at most 100,000 entries; a cut is told in the last line: ndjson `{"more":true,"next":"<cursor>"}`, csv a row with level `more`, text `--- more: <cursor> ---`. A gap is a line of its own. In csv a cell that a spreadsheet would take for a formula gets a leading apostrophe.',
    query: ExportQuery,
    ok: {
      description: 'The entries, one per line.',
      content: Object.fromEntries(
        ['application/x-ndjson', 'text/csv', 'text/plain'].map((type) => [
          type,
          { schema: { type: 'string' } },
        ]),
      ),
    },
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const DocumentEntries = (): MethodDecorator => documentEntries(LOG);
export const DocumentStream = (): MethodDecorator => documentStream(LOG);
export const DocumentTail = (): MethodDecorator => documentTail(LOG);
export const DocumentExport = (): MethodDecorator => documentExport(LOG);

export const DocumentFileEntries = (): MethodDecorator => documentEntries(FILE);
export const DocumentFileStream = (): MethodDecorator => documentStream(FILE);
export const DocumentFileTail = (): MethodDecorator => documentTail(FILE);
export const DocumentFileExport = (): MethodDecorator => documentExport(FILE);

export const DocumentOperationEntries = (): MethodDecorator => documentEntries(OPERATION);
export const DocumentOperationStream = (): MethodDecorator =>
  applyDecorators(
    documentStream(OPERATION),
    ApiResponse({
      status: HttpStatus.NO_CONTENT,
      description: 'To an EventSource that comes back after the end: nothing more comes.',
    }),
  );
export const DocumentOperationTail = (): MethodDecorator => documentTail(OPERATION);
export const DocumentOperationExport = (): MethodDecorator => documentExport(OPERATION);

export const DocumentOperations = (): MethodDecorator =>
  document({
    id: 'Operations',
    summary: 'The operations that are kept (role viewer)',
    description: 'Running ones first, then the newest.',
    ok: { description: 'The operations as they are now.', shape: OperationsShape },
    errors: SIGNED_IN,
  });

export const DocumentOperation = (): MethodDecorator =>
  applyDecorators(
    NAMED_OPERATION,
    document({
      id: 'Operation',
      summary: 'One operation: its state, its progress, its counts (role viewer)',
      ok: { description: 'The operation as it is now.', shape: OperationShape },
      errors: [...SIGNED_IN, HttpStatus.NOT_FOUND],
    }),
  );

export const DocumentCancel = (): MethodDecorator =>
  applyDecorators(
    NAMED_OPERATION,
    document({
      id: 'Cancel',
      summary: 'Ask an operation to stop (role operator)',
      description:
        'It is over when it has stopped by itself. One that is over already, or cannot be cancelled, is a 409. With a cookie it needs the header `X-Log-Console: 1`.',
      ok: {
        status: HttpStatus.ACCEPTED,
        description: 'It was asked to; the operation as it is now.',
        shape: OperationShape,
      },
      errors: [...SIGNED_IN, HttpStatus.NOT_FOUND, HttpStatus.CONFLICT],
    }),
  );

export const DocumentFiles = (): MethodDecorator =>
  document({
    id: 'Files',
    summary: 'The log files that can be read (role operator)',
    description: 'Those of directories are looked for at each call: new ones appear by themselves.',
    ok: { description: 'The files as they are now.', shape: FilesShape },
    errors: SIGNED_IN,
  });

export const DocumentClear = (): MethodDecorator =>
  document({
    id: 'Clear',
    summary: 'Clear the live buffer for everyone (role operator)',
    description:
      'Removes everything up to `upTo`. The next entry says who cleared how many; ids go on. With a cookie it needs the header `X-Log-Console: 1`.',
    query: ClearQuery,
    ok: { description: 'How many were removed.', shape: ClearedShape },
    errors: [...SIGNED_IN, HttpStatus.CONFLICT],
  });

export const DocumentStats = (): MethodDecorator =>
  document({
    id: 'Stats',
    summary: 'Counters (role viewer)',
    ok: { description: 'The counters at this moment.', shape: StatsShape },
    errors: SIGNED_IN,
  });

export const DocumentInstances = (): MethodDecorator =>
  document({
    id: 'Instances',
    summary: 'The processes that write to this log (role viewer)',
    description:
      'Those that share a store; without one, the process that answers. One that left, or of which nothing is heard, is listed for a minute more as `gone`.',
    ok: { description: 'The processes as they are now.', shape: InstancesShape },
    errors: SIGNED_IN,
  });

export const DocumentLevels = (): MethodDecorator =>
  document({
    id: 'Levels',
    summary: 'What is captured of each context (role viewer)',
    description: 'The contexts that logged, those of the options, those that were set.',
    ok: { description: 'The levels as they are now.', shape: LevelsShape },
    errors: SIGNED_IN,
  });

const NAMED_CONTEXT = ApiParam({
  name: 'context',
  description: 'A context, the beginning of one and `*`, or `*` for all; `/` in it as `%2F`.',
  schema: { type: 'string', minLength: 1, maxLength: MAX_LEVEL_TEXT },
});

export const DocumentSetLevel = (): MethodDecorator =>
  applyDecorators(
    NAMED_CONTEXT,
    ApiBody({ type: SetLevelShape }),
    document({
      id: 'SetLevel',
      summary: 'Capture more or less of a context for some time (role admin)',
      description:
        'It ends by itself. The most specific one decides: the context itself, the longest beginning, `*`, the options. The log says who set what. With a cookie it needs the header `X-Log-Console: 1`.',
      ok: { description: 'The level of the context.', shape: ContextLevelShape },
      errors: [...SIGNED_IN, HttpStatus.CONFLICT],
    }),
  );

export const DocumentResetLevel = (): MethodDecorator =>
  applyDecorators(
    NAMED_CONTEXT,
    document({
      id: 'ResetLevel',
      summary: 'Take back the level that was set for a context (role admin)',
      description:
        'The same answer where nothing was set. With a cookie it needs the header `X-Log-Console: 1`.',
      ok: { description: 'The level of the context.', shape: ContextLevelShape },
      errors: SIGNED_IN,
    }),
  );

export const DocumentRequest = (): MethodDecorator =>
  applyDecorators(
    ApiParam({
      name: 'id',
      description: 'The `requestId` of an entry, or the `x-request-id` of an answer; `/` in it as `%2F`.',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
    }),
    document({
      id: 'Request',
      summary: 'What a request was: method, path, status, duration (role viewer)',
      description: 'Of the last 10,000 requests in which a line was captured by the process that answers.',
      ok: { description: 'The newest request of this id.', shape: RequestShape },
      errors: [...SIGNED_IN, HttpStatus.NOT_FOUND],
      unknown: 'There is no request of this id, or it is no longer kept.',
    }),
  );

export const DocumentRedactionPreview = (): MethodDecorator =>
  applyDecorators(
    ApiBody({ type: RedactionTextShape }),
    document({
      id: 'RedactionPreview',
      summary: 'What would be masked in a text, and by which rule (role admin)',
      description: 'Nothing is kept or logged. With a cookie it needs the header `X-Log-Console: 1`.',
      ok: { description: 'The text as it would be kept.', shape: RedactionPreviewShape },
      errors: SIGNED_IN,
    }),
  );

export const DocumentSession = (): MethodDecorator =>
  document({
    id: 'Session',
    summary: 'Who I am, what I may do, which server this is (signed in)',
    ok: { description: 'The session.', shape: SessionShape },
    errors: SIGNED_IN,
  });

export const DocumentSignIn = (): MethodDecorator =>
  applyDecorators(
    ApiBody({ type: SignInShape, required: false, description: 'Or `Authorization: Bearer` instead.' }),
    document({
      id: 'SignIn',
      summary: 'Sign in: a token becomes a cookie',
      description: 'With a cookie or nothing it needs the header `X-Log-Console: 1`.',
      ok: { description: 'Signed in; the cookie is set.', shape: SessionShape },
      errors: SIGNED_IN,
    }),
  );

export const DocumentSignOut = (): MethodDecorator =>
  document({
    id: 'SignOut',
    summary: 'Sign out: empty the cookie',
    ok: { status: HttpStatus.NO_CONTENT, description: 'Signed out.' },
    errors: [HttpStatus.BAD_REQUEST, HttpStatus.FORBIDDEN],
  });
