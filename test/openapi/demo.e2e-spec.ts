import { jest } from '@jest/globals';
import { type INestApplication } from '@nestjs/common';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADAPTERS } from '../support/host-app.js';

const REDOCLY = join(process.cwd(), 'node_modules/.bin/redocly');

/** What Redocly's linter says, by its recommended rules. */
function lint(file: string): Promise<{ code: number; text: string }> {
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NODE_OPTIONS: '',
    NO_COLOR: '1',
  };
  return new Promise((resolve) => {
    execFile(REDOCLY, ['lint', file, '--format=stylish'], { env, cwd: tmpdir() }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr });
    });
  });
}

// Jest on Node 20 cannot load this package (CommonJS that requires an ES module); the pages it serves are not asked for.
jest.unstable_mockModule('@fastify/static', () => ({
  default: (_instance: unknown, _options: unknown, done: () => void) => done(),
}));

describe.each(ADAPTERS)("the demo's OpenAPI document, on %s", (adapter) => {
  let app: INestApplication;
  let directory: string;
  beforeAll(async () => {
    process.env.DEMO_SIMULATION = 'off';
    directory = process.env.DEMO_LOGS = await mkdtemp(join(tmpdir(), 'openapi-'));
    // Read when they load: the demo's modules look at the settings then.
    const { createApp } = await import('../../src/create-app.js');
    app = await (await createApp({ fastify: adapter === 'fastify', logger: false })).init();
  });
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true });
  });

  it("passes Redocly's linter", async () => {
    const { createOpenApiDocument } = await import('../../src/openapi.js');
    const document = createOpenApiDocument(app);
    expect(Object.keys(document.paths)).toContain('/log-console/api/entries');
    const file = join(directory, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    const { code, text } = await lint(file);
    expect(text).toContain('Your API description is valid');
    expect(code).toBe(0);
  }, 30_000);
});
