/** What a line of an access log tells of a request. */
export interface Access {
  readonly address: string;
  readonly time: Date;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly bytes: number;
  readonly referrer?: string | undefined;
  readonly agent?: string | undefined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line in the "combined" format of Apache and nginx. */
export function accessLine({ address, time, method, url, status, bytes, referrer, agent }: Access): string {
  const request = `${method} ${quoted(url)} HTTP/1.1`;
  const client = `"${quoted(referrer)}" "${quoted(agent)}"`;
  return `${address} - - [${clf(time)}] "${request}" ${status} ${bytes} ${client}`;
}

/** `20/Nov/2026:08:15:42 +0000`. */
function clf(time: Date): string {
  const [date = '', clock = ''] = time.toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1] ?? ''}/${year}:${clock} +0000`;
}

/** As nginx does: what would end the quotes or the line is written as `\xNN`. */
function quoted(text = '-'): string {
  return text.replace(
    /["\\\p{Cc}]/gu,
    (found) => `\\x${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
