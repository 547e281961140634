import { type LogRecord } from '../../../domain/log-entry.js';

/** What a line says. */
export type ParsedLine = Pick<
  LogRecord,
  'time' | 'level' | 'context' | 'message' | 'stack' | 'data' | 'requestId' | 'traceId' | 'spanId'
>;

/** Reads a line; undefined where it is not of this format. Never throws, takes time linear in the length of the line. */
export type LineFormat = (text: string) => ParsedLine | undefined;

/** While one is made. */
export type Draft = { -readonly [K in keyof ParsedLine]: ParsedLine[K] };
