/** JSON text without any control character in it. */
export declare function escapeControls(json: string): string;
