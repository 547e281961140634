import { type RedactionPreview, type TextRedactor } from '../domain/text-redactor.js';
/** What a redactor knows beside its own rules. */
export interface RedactorOptions {
    /** More names whose values are secret, in whatever spelling: `badgeNumber` is also `badge_number`. */
    readonly keys?: readonly string[];
    /** More patterns; the first group, where there is one, is what is masked. They are run on every text: keep them linear. */
    readonly patterns?: readonly RegExp[];
    /** Names that are not secret, though they look so. */
    readonly allow?: readonly string[];
    /** Values that are secret wherever they stand. */
    readonly values?: readonly string[];
    /** False: only `values`. */
    readonly rules?: boolean;
}
/**
 * Masks secrets in texts: `[redacted:kind]`. One walk over the text; rules look only where their first letters stand. What
 * is percent-encoded, escaped, coloured or hidden is looked at once more as it is meant.
 */
export declare class Redactor implements TextRedactor {
    #private;
    constructor({ keys, patterns, allow, values, rules }?: RedactorOptions);
    get counts(): Readonly<Record<string, number>>;
    text(text: string): string;
    key(key: string): string | undefined;
    isSecretKey(key: string): boolean;
    finds(text: string): boolean;
    preview(text: string): RedactionPreview;
}
