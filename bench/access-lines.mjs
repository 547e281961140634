const PATHS = ['/', '/orders?page=2&size=50', '/orders/4711', '/assets/app-7f3a.js', '/api/stock/AB-444'];
const STATUSES = [200, 200, 200, 304, 201, 404, 200, 500];
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0',
  'curl/8.5.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
];
const START = Date.UTC(2026, 10, 19, 10, 42, 11);

/** As many whole lines of an access log as fit into so many bytes, with one long address at the end that fills them. */
export function accessLines(bytes) {
  const lines = [];
  let left = bytes;
  for (let index = 0; ; index++) {
    const line = accessLine(index);
    if (left - line.length < 1024) break;
    lines.push(line);
    left -= line.length;
  }
  const shortest = accessLine(0, '/').length;
  return lines.join('') + accessLine(0, `/${'x'.repeat(left - shortest)}`);
}

function accessLine(index, path = PATHS[index % PATHS.length]) {
  const time = new Date(START + index * 40).toUTCString();
  const [, day, month, year, clock] = time.split(' ');
  const client = `10.0.${index % 7}.${index % 250}`;
  const request = `"GET ${path} HTTP/1.1" ${STATUSES[index % STATUSES.length]} ${1000 + (index % 9000)}`;
  return `${client} - - [${day}/${month}/${year}:${clock} +0000] ${request} "-" "${AGENTS[index % AGENTS.length]}"\n`;
}
