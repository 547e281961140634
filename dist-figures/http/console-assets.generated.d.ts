/** The page, and a version that changes with it or its assets. */
export declare const CONSOLE_PAGE: {
    version: string;
    html: string;
};
/** What the page loads: by exact name, compressed. */
export declare const CONSOLE_ASSETS: readonly {
    name: string;
    type: string;
    etag: string;
    gzip: string;
}[];
