import { header } from '../access/http-request.js';
import { formatCursor, parseCursor } from '../domain/cursor.js';
/** The place a cursor stands for; of one that is not known, just before the oldest held. */
export async function placeOf(source, after) {
    const probe = await source.read({ after, limit: 0 });
    const place = parseCursor(after);
    if (!place || !probe.gap || probe.gap.reason === 'restarted')
        return probe.next;
    // What was missed is told after the hello: until then the reader is where it was.
    return formatCursor(place.epoch ?? probe.epoch, place.id);
}
/** `Last-Event-ID`, when it is one of ours; any other form is ignored, because an EventSource would give up for good. */
export function resumeCursor(request) {
    const id = header(request, 'last-event-id') ?? '';
    return parseCursor(id)?.epoch === undefined ? undefined : id;
}
