import { escapeControls } from '../../domain/safe-json.js';
import { LOG_LEVELS } from '../../domain/log-level.js';
const LEVELS = LOG_LEVELS.map((level) => `","level":"${level}"`);
let second = NaN;
let prefix = '';
/**
 * The entry in a slot as JSON text, without making the object.
 * @param instance the process that answers, as JSON text
 */
export function entryJson(ring, id, instance) {
    const slot = ring.slot(id);
    const context = ring.contexts[slot];
    const stack = ring.stacks[slot];
    const data = ring.dataAt(slot);
    const links = ring.links[slot];
    let json = `{"id":${id},"time":"${isoTime(ring.times[slot])}${LEVELS[ring.levels[slot]]}`;
    if (context !== undefined)
        json += `,"context":${JSON.stringify(context)}`;
    json += `,"message":${JSON.stringify(ring.messages[slot])}`;
    if (stack !== undefined)
        json += `,"stack":${JSON.stringify(stack)}`;
    if (data !== undefined)
        json += `,"data":${data}`;
    if (links !== undefined)
        json += `,${JSON.stringify(links).slice(1, -1)}`;
    if (links?.instance === undefined)
        json += `,"instance":${instance}`;
    json += '}';
    return escapeControls(json);
}
/** RFC 3339 in UTC; the part up to the second is made once per second. */
function isoTime(time) {
    const of = Math.floor(time / 1000);
    if (of !== second) {
        prefix = new Date(time).toISOString().slice(0, -4);
        second = of;
    }
    return `${prefix}${String(time - of * 1000).padStart(3, '0')}Z`;
}
