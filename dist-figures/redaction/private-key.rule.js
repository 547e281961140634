const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}(?:PRIVATE KEY|OPENSSH KEY)(?: BLOCK)?-----/y;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,3}(?:PRIVATE KEY|OPENSSH KEY)(?: BLOCK)?-----/y;
/** A private key in PEM, its line breaks written as they may be; one that does not end is masked to the end of the text. */
export const PRIVATE_KEY_RULE = {
    name: 'private-key',
    triggers: ['---'],
    find({ text }, at) {
        BEGIN.lastIndex = at;
        if (!BEGIN.test(text))
            return undefined;
        const start = BEGIN.lastIndex;
        for (let end = text.indexOf('-----END ', start); end >= 0; end = text.indexOf('-----END ', end + 1)) {
            END.lastIndex = end;
            if (END.test(text))
                return { start: at, end: END.lastIndex, kind: 'private-key', rule: 'private-key' };
        }
        return { start: at, end: text.length, kind: 'private-key', rule: 'private-key' };
    },
};
