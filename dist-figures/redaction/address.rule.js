const MASK = /^\[redacted:[a-z-]{1,40}\]$/;
const LONG_NAME = /^(?=.*\d)(?=.*[a-z])[\w-]{20,}$/i;
const [SLASH, QUESTION_MARK, HASH, AT, COLON] = Array.from('/?#@:', (char) => char.charCodeAt(0));
const END_OF_RUN = /[\s"'`<>\\^{}|]/g;
/** The password in an address, `scheme://user:password@host`: the last `@` before the path wins. */
export const ADDRESS_RULE = {
    name: 'address',
    triggers: ['://'],
    find(scan, at) {
        const { text } = scan;
        const start = at + 3;
        if (start > scan.runUntil) {
            END_OF_RUN.lastIndex = start;
            scan.runUntil = END_OF_RUN.exec(text)?.index ?? text.length;
            scan.runAt = text.slice(start, scan.runUntil).lastIndexOf('@') + start;
        }
        if (scan.runAt < start)
            return undefined;
        const run = scan.runUntil;
        let end = start;
        let lastAt = -1;
        let colon = -1;
        for (; end < run; end++) {
            const char = text.charCodeAt(end);
            if (char === SLASH || char === QUESTION_MARK || char === HASH)
                break;
            if (char === AT)
                lastAt = end;
            else if (char === COLON && colon < 0)
                colon = end;
        }
        if (lastAt < 0) {
            // A password with a slash in it: `user:pa/ss@host`. A port is none.
            if (colon < 0 || /^\d{1,5}$/.test(text.slice(colon + 1, end)))
                return undefined;
            const next = text.slice(end, Math.min(run, end + 200));
            const found = /@[\w.-]+(?::\d+)?(?:[/?#,;)]|$)/.exec(next);
            if (!found)
                return undefined;
            lastAt = end + found.index;
        }
        // `https://token@host`: a name is not that long, and has no digits among its letters.
        if (colon < 0 && LONG_NAME.test(text.slice(start, lastAt)))
            return { start, end: lastAt, kind: 'token', rule: 'address' };
        if (colon < 0 || colon > lastAt)
            return undefined;
        if (text[lastAt - 1] === ']' && MASK.test(text.slice(start, lastAt)))
            return undefined;
        return colon + 1 < lastAt
            ? { start: colon + 1, end: lastAt, kind: 'password', rule: 'address' }
            : undefined;
    },
};
