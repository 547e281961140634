import { type HttpRequest } from './http-request.js';

/** A route as it is declared, `GET /api/files/:id/entries`: nothing of what was asked for is in it. */
export function routeName(request: HttpRequest, handler: object): string {
  const path = Reflect.getMetadata('path', handler) as string | string[] | undefined;
  const [first = ''] = [path].flat();
  return `${request.method} /${first.replace(/^\//, '')}`;
}
