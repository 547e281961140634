import { type OpenFile } from '../disk/open-file.js';
/** Where the line starts that the byte before this place belongs to, or would; not looked for below `floor`. */
export declare function lineStart(file: OpenFile, before: number, floor?: number): Promise<number>;
