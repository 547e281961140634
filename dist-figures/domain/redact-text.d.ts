import { type TextRedactor } from './text-redactor.js';
/**
 * Masks a text before it is cut to `maxBytes`. Of one that is much longer only the beginning is looked at, a margin
 * of it left out; `dropped`: UTF-8 bytes that were left out.
 */
export declare function redactText(redactor: TextRedactor, text: string, maxBytes: number): {
    readonly text: string;
    readonly dropped: number;
};
