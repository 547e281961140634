/** The injection token of {@link TextRedactor}. */
export const TextRedactor = Symbol('TextRedactor');
