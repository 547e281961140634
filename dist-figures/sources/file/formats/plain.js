/** Any line, as it is. */
export function parsePlain(text) {
    return { level: 'log', message: text };
}
