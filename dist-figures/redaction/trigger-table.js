/** Letters in either case, digits as one, and the marks triggers have: five bits each, three of them are a place in the table. */
const CLASSES = new Uint8Array(128);
for (let index = 0; index < 26; index++)
    CLASSES[65 + index] = CLASSES[97 + index] = index + 1;
for (let digit = 0; digit < 10; digit++)
    CLASSES[48 + digit] = 27;
CLASSES[0x2d] = 28; // -
CLASSES[0x5f] = 29; // _
CLASSES[0x2e] = 30; // .
for (const mark of ':/=~|')
    CLASSES[mark.charCodeAt(0)] = 31;
/**
 * Which rules may begin at three letters. A text is walked through once, at a few nanoseconds per letter; rules look only
 * where one of their triggers stands.
 */
export class TriggerTable {
    #entries;
    constructor(rules) {
        /** By the classes of three letters: 1 where rules may begin. */
        this.places = new Uint8Array(1 << 15);
        this.#entries = new Map();
        for (const rule of rules)
            for (const trigger of new Set(rule.triggers))
                this.#add(trigger, rule);
    }
    #add(trigger, rule) {
        const classes = Array.from({ length: trigger.length }, (_, index) => classOf(trigger.charCodeAt(index)));
        const [first, second, third, ...rest] = classes;
        const place = (first << 10) | (second << 5) | third;
        this.places[place] = 1;
        const there = this.#entries.get(place) ?? [];
        this.#entries.set(place, [...there, { rule, rest }]);
    }
    /** The first match of the rules that begin at this place of the table and of the text. */
    findAt(place, scan, at) {
        let asked;
        for (const { rule, rest } of this.#entries.get(place) ?? []) {
            if (rule === asked || !standsAt(scan.text, at + 3, rest))
                continue;
            asked = rule;
            const found = rule.find(scan, at);
            if (found && found.start >= scan.from)
                return found;
        }
        return undefined;
    }
}
function standsAt(text, at, classes) {
    for (let index = 0; index < classes.length; index++)
        if (classOf(text.charCodeAt(at + index)) !== classes[index])
            return false;
    return true;
}
export function classOf(code) {
    // The end of a text is not a number, and of no class.
    return code < 128 ? CLASSES[code] : 0;
}
