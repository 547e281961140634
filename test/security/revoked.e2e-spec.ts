import { UnauthorizedException, type CanActivate } from '@nestjs/common';
import { jest } from '@jest/globals';
import { type AccessOptions, type Role } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { open, request, type OpenReply } from '../support/http-client.js';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';

const THIRTEEN_HOURS_MS = 13 * 60 * 60 * 1000;

describe.each(ADAPTERS)('T34: A reader whose rights are gone, on %s', (adapter) => {
  let host: Host;
  let stream: OpenReply;

  async function start(access: AccessOptions): Promise<void> {
    host = await createHost(adapter, { options: { access } });
    // The first check comes at a random moment of 60 s: let it be one of the first.
    jest.spyOn(Math, 'random').mockReturnValue(0.005);
  }

  async function follow(path = 'stream', headers: Record<string, string> = {}): Promise<OpenReply> {
    return open(`${host.url}/log-console/api/${path}`, { headers });
  }

  afterEach(async () => {
    jest.restoreAllMocks();
    stream.close();
    await host.close();
  });

  /** A guard that lets the request itself in, and answers the check as it is told. */
  const later = (answer: () => boolean): CanActivate => {
    let isRequest = true;
    return {
      canActivate: () => {
        if (!isRequest) return answer();
        isRequest = false;
        return true;
      },
    };
  };
  const signedOut = (): never => {
    throw new UnauthorizedException();
  };
  const broken = (): never => {
    throw new Error('no database');
  };

  it.each([
    ['signed-out', signedOut],
    ['forbidden', () => false],
    ['forbidden', broken],
  ])('is told bye, %s, and the stream ends', async (reason, answer) => {
    await start({ guards: [later(answer)], role: () => 'viewer' });
    stream = await follow();
    const text = await stream.ended;
    expect(text).toContain('event: hello');
    expect(text).toMatch(
      new RegExp(`event: bye\\nid: \\S+\\ndata: {"reason":"${reason}","retryMs":\\d+}\\n\\n$`),
    );
  });

  it.each([['forbidden', undefined] as const, ['forbidden', 'viewer'] as const])(
    'is told bye, %s, when the role becomes %s',
    async (reason, next) => {
      const roles: (Role | undefined)[] = ['operator', next];
      await start({
        guards: [{ canActivate: () => true }],
        role: () => roles.shift(),
        abilities: { read: 'operator' },
      });
      stream = await follow();
      expect(await stream.ended).toContain(`"reason":"${reason}"`);
    },
  );

  it('is told bye, signed-out, when the cookie has run out', async () => {
    await start({ tokens: PEOPLE });
    const signIn = await request(`${host.url}/log-console/api/session`, {
      method: 'POST',
      headers: bearer(OPERATOR),
    });
    stream = await follow('stream', { cookie: signIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '' });
    await stream.until('event: hello');
    const then = Date.now() + THIRTEEN_HOURS_MS;
    jest.spyOn(Date, 'now').mockReturnValue(then);
    expect(await stream.ended).toContain('"reason":"signed-out"');
  });

  it('sees the tail end', async () => {
    await start({ guards: [later(signedOut)], role: () => 'viewer' });
    stream = await follow('tail?limit=0');
    expect(await stream.ended).toBe('');
  });

  it('gets an answer to a waiting poll, with nothing in it', async () => {
    await start({ guards: [later(signedOut)], role: () => 'viewer' });
    stream = await follow('entries?wait=25&limit=0');
    expect(JSON.parse(await stream.ended)).toMatchObject({ entries: [] });
  });

  it('gives the slot back', async () => {
    const guard = later(signedOut);
    await start({ guards: [guard], role: () => 'viewer', tokens: PEOPLE });
    stream = await follow();
    await stream.ended;
    const stats = await request(`${host.url}/log-console/api/stats`, { headers: bearer(OPERATOR) });
    expect(stats.json).toMatchObject({ readers: { streams: 0, polls: 0 } });
  });

  it('is not bothered while the rights are there', async () => {
    let isChecked: () => void = () => undefined;
    const checked = new Promise<void>((resolve) => (isChecked = resolve));
    const guard = later(() => {
      isChecked();
      return true;
    });
    await start({ guards: [guard], role: () => 'viewer' });
    stream = await follow();
    await stream.until('event: hello');
    await checked;
    expect(await stream.until('event: ping')).not.toContain('event: bye');
  });
});
