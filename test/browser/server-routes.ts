import { type Page, type Route } from 'playwright-core';

const LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];

interface ContextLevel {
  configured: string | null;
  effective: string;
  lines: number;
  expiresAt?: string;
  setBy?: string;
  reason?: string;
}

/** Answers what the page asks about levels, as the server does by its contract. */
export class LevelRoutes {
  readonly contexts: Record<string, ContextLevel> = {
    '*': { configured: null, effective: 'verbose', lines: 0 },
    Boiler: { configured: null, effective: 'verbose', lines: 12 },
    'Orders*': {
      configured: 'warn',
      effective: 'warn',
      lines: 2345,
      expiresAt: new Date(Date.now() + 754_000).toISOString(),
      setBy: 'grace',
      reason: 'too many orders',
    },
    Picking: { configured: null, effective: 'verbose', lines: 80 },
  };
  /** Those that are too many to be told apart. */
  others: { lines: number } | undefined;
  /** Reading waits for it. */
  answering = Promise.resolve();
  /** What was asked for, but for reading. */
  readonly asked: { method: string; context: string; body?: unknown }[] = [];
  /** What the next change is refused with. */
  refusal: { status: number; message: string[] } | undefined;

  static async on(page: Page): Promise<LevelRoutes> {
    const routes = new LevelRoutes();
    await page.route('**/api/levels', async (route) => {
      await routes.answering;
      const { contexts, others } = routes;
      await route.fulfill({ json: { levels: LEVELS, contexts, ...(others && { others }) } });
    });
    await page.route('**/api/levels/*', (route) => routes.#change(route));
    return routes;
  }

  #change(route: Route): Promise<void> {
    const request = route.request();
    const context = decodeURIComponent(request.url().split('/').at(-1) ?? '');
    const method = request.method();
    const body = request.postDataJSON() as { level: string; ttlSeconds: number; reason?: string } | null;
    this.asked.push({ method, context, ...(body && { body }) });
    if (request.headers()['x-log-console'] !== '1') return route.fulfill({ status: 403, json: {} });
    if (this.refusal) {
      const { status, message } = this.refusal;
      this.refusal = undefined;
      return route.fulfill({ status, json: { statusCode: status, message, error: 'Bad Request' } });
    }
    const lines = this.contexts[context]?.lines ?? 0;
    this.contexts[context] = body
      ? {
          configured: body.level,
          effective: body.level,
          lines,
          setBy: 'admin-1',
          expiresAt: new Date(Date.now() + body.ttlSeconds * 1000).toISOString(),
          ...(body.reason !== undefined && { reason: body.reason }),
        }
      : { configured: null, effective: 'verbose', lines };
    return route.fulfill({ json: this.contexts[context] });
  }
}

/** A year of what people did: so many entries, each an hour after the one before. */
export async function auditOf(page: Page, count: number): Promise<void> {
  const epoch = 'audit';
  const actions = ['sign-in', 'clear', 'level', 'export'];
  const newest = Date.now();
  const entries = Array.from({ length: count }, (_, index) => {
    const action = actions[index % actions.length];
    return {
      id: index + 1,
      time: new Date(newest - (count - index) * 3_600_000).toISOString(),
      level: 'log',
      context: 'Audit',
      message: `ada (admin, 10.0.0.7) did deed ${index + 1}, which takes some words to be told`,
      data: { actor: 'ada', role: 'admin', address: '10.0.0.7', action, result: 'ok' },
    };
  });
  await page.route('**/api/audit?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const before = Number(query.get('before')?.split('-').at(-1) ?? count + 1);
    const first = Math.max(1, before - Number(query.get('limit')));
    return route.fulfill({
      json: {
        epoch,
        instance: 'web-1',
        entries: entries.slice(first - 1, before - 1),
        next: `${epoch}-${count}`,
        prev: `${epoch}-${first}`,
        more: first > 1,
      },
    });
  });
}

/** Lets all destinations but a file be testable, and answers for them. */
export async function testable(page: Page, answer: object): Promise<{ tested: string[] }> {
  const tested: string[] = [];
  await page.route('**/api/stats', async (route) => {
    const response = await route.fetch();
    const stats = (await response.json()) as { sinks: Record<string, object> };
    const sinks = Object.entries(stats.sinks).map(([name, sink]) => [
      name,
      { ...sink, testable: name !== 'file' },
    ]);
    await route.fulfill({ response, json: { ...stats, sinks: Object.fromEntries(sinks) as object } });
  });
  await page.route('**/api/sinks/*/test', (route) => {
    const { pathname } = new URL(route.request().url());
    tested.push(`${route.request().method()} ${pathname.split('/').at(-2)}`);
    return route.fulfill({ json: answer });
  });
  return { tested };
}
