/** A secret in a text. */
export interface SecretMatch {
    /** What is shown instead: `[redacted:kind]`. */
    readonly kind: string;
    /** The rule that found it. */
    readonly rule: string;
    /** First character, in UTF-16 code units. */
    readonly start: number;
    /** The one after the last. */
    readonly end: number;
}
/** What redaction makes of a text. */
export interface RedactionPreview {
    /** The text with its secrets masked. */
    readonly text: string;
    /** Where they were in the given text, in order, without overlaps. */
    readonly matches: readonly SecretMatch[];
}
/** Takes secrets out of what is logged. */
export interface TextRedactor {
    /** The text with its secrets masked; the same text when there are none. */
    text(text: string): string;
    /** What the value of a key is called when it is a secret, whatever it is. */
    key(key: string): string | undefined;
    /** Whether {@link TextRedactor.key} would name a kind. Counts nothing. */
    isSecretKey(key: string): boolean;
    /** Whether {@link TextRedactor.text} would mask something. Counts nothing. */
    finds(text: string): boolean;
    /** What would be masked in a text. Counts nothing. */
    preview(text: string): RedactionPreview;
    /** How often each rule masked something. */
    readonly counts: Readonly<Record<string, number>>;
}
/** The injection token of {@link TextRedactor}. */
export declare const TextRedactor: unique symbol;
