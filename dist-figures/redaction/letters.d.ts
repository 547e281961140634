/** A digit of ASCII. */
export declare function isDigit(code: number): boolean;
/** A letter or a digit of ASCII. */
export declare function isWordChar(code: number): boolean;
/** Letters, those with accents too, digits and `_ - . $`. */
export declare function isKeyChar(code: number): boolean;
