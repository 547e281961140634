import { createHash } from 'node:crypto';

/** What an id may be at all; whatever else is asked for is not looked at. */
const ID = /^[A-Za-z0-9._~-]{1,200}$/;
/** Fastify answers 404 for longer parameters unless its host says otherwise. */
const MAX_LENGTH = 100;
const HASH_LENGTH = 22;
/** What is written as it is; everything else is `~` and two hexadecimal digits per UTF-8 byte. */
const PLAIN = /^[A-Za-z0-9._-]$/;

/** What an id names: a configured file, a file below a configured directory, or one whose path is too long to be said. */
export interface NamedById {
  /** The configured id. */
  readonly entry: string;
  /** The path below its directory, with slashes. */
  readonly path?: string;
  /** The id must be looked for among those of the files there are. */
  readonly isHash?: true;
}

/** The id of a file below a directory: the same on every instance. Of a path that is too long a hash stands for it. */
export function fileIdOf(entry: string, path: string): string {
  const id = `${entry}~${encoded(path)}`;
  if (id.length <= MAX_LENGTH) return id;
  return `${entry}~~~${createHash('sha256').update(path).digest('base64url').slice(0, HASH_LENGTH)}`;
}

/** Reads an id; undefined for whatever {@link fileIdOf} never makes. Touches nothing. */
export function parseFileId(id: string): NamedById | undefined {
  if (!ID.test(id)) return undefined;
  const at = id.indexOf('~');
  if (at < 0) return { entry: id };
  const entry = id.slice(0, at);
  if (id.startsWith('~~', at + 1)) return { entry, isHash: true };
  const path = decoded(id.slice(at + 1));
  return path !== undefined && isBelow(path) && fileIdOf(entry, path) === id ? { entry, path } : undefined;
}

function encoded(path: string): string {
  return Array.from(Buffer.from(path), (byte) => {
    const character = String.fromCharCode(byte);
    return PLAIN.test(character) ? character : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('~', '%'));
  } catch {
    return undefined;
  }
}

/** Whether a path stays below where it starts: names, none of them a way up, nothing the system reads differently. */
function isBelow(path: string): boolean {
  return (
    !/[\0\\]/.test(path) && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  );
}
