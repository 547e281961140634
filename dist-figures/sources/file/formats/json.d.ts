import { type ParsedLine } from './line-format.js';
/**
 * An object in JSON as Nest, pino, winston and others write it. Time, level, context, message, stack and ids are found
 * under the names that loggers use; the process and its machine (`pid`, `hostname`), the same on every line, are left
 * out; everything else is `data`. An empty message is for {@link ParsedLine.data} to fill.
 */
export declare function parseJson(text: string): ParsedLine | undefined;
