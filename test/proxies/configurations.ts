import { readFileSync } from 'node:fs';
import { compressed, overHttp1, overHttp2, type Client } from './clients.js';

/** What a configuration is about: two addresses without a scheme, and the files of a certificate. */
export interface Places {
  readonly listen: string;
  readonly application: string;
  readonly certificate: string;
  readonly key: string;
}

export interface Configuration {
  readonly name: string;
  /** Inside `http { }`. */
  readonly text: (places: Places) => string;
  /** Where the application is to be found behind nginx. Default: at the root. */
  readonly path?: string;
  /** Who asks. Default: plain HTTP/1.1. */
  readonly client: Client;
  readonly scheme?: 'http' | 'https';
}

const server = ({ listen }: Places, location: string, more = ''): string =>
  `server { listen ${listen}; ${more} location ${location} }`;

/** What people write in front of an application, from nothing but a `proxy_pass` to what docs/deployment.md advises. */
export const CONFIGURATIONS: readonly Configuration[] = [
  {
    name: 'proxy_pass only',
    text: (places) => server(places, `/ { proxy_pass http://${places.application}; }`),
    client: overHttp1,
  },
  {
    name: 'a path that is stripped',
    text: (places) => server(places, `/ops/ { proxy_pass http://${places.application}/; }`),
    path: '/ops',
    client: overHttp1,
  },
  {
    name: 'buffering and gzip for everything',
    text: (places) =>
      server(
        places,
        `/ { proxy_pass http://${places.application}; proxy_buffering on; }`,
        'gzip on; gzip_types *; gzip_proxied any; gzip_min_length 0;',
      ),
    client: compressed,
  },
  {
    name: 'a read timeout of 20 s and no temporary files',
    text: (places) =>
      server(
        places,
        `/ { proxy_pass http://${places.application}; proxy_read_timeout 20s; proxy_max_temp_file_size 0; }`,
      ),
    client: overHttp1,
  },
  {
    name: 'the settings of docs/deployment.md',
    text: ({ listen, application, certificate, key }) =>
      documented()
        .replace('listen 443', `listen ${listen}`)
        .replace('127.0.0.1:3000', application)
        .replace(' certificate.pem', ` ${certificate}`)
        .replace(' key.pem', ` ${key}`),
    client: overHttp2,
    scheme: 'https',
  },
];

/** One that does not listen to what answers say about buffering. */
export const HOLDS_BACK: Configuration = {
  name: 'X-Accel-Buffering ignored',
  text: (places) =>
    server(places, `/ { proxy_pass http://${places.application}; proxy_ignore_headers X-Accel-Buffering; }`),
  client: overHttp1,
};

/** The one that is named so. */
export function configuration(name: string): Configuration {
  const found = CONFIGURATIONS.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no configuration "${name}".`);
  return found;
}

function documented(): string {
  const text = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  const [, block = ''] = /```nginx\n(.*?)```/s.exec(text) ?? [];
  return block;
}
