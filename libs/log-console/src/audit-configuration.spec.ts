import { type AccessMode } from './access/access-mode.js';
import { configured } from './audit-configuration.js';
import { withDefaults, type LogConsoleOptions } from './log-console.options.js';

class JwtAuthGuard {
  canActivate(): boolean {
    return true;
  }
}

const token = { token: '0123456789abcdef0123456789abcdef', name: 'ann', role: 'viewer' } as const;
const open = (...tokens: (typeof token)[]): Exclude<AccessMode, { kind: 'closed' }> => ({
  kind: 'configured',
  tokens,
  ignoredVariable: false,
});

describe('How the console was started', () => {
  it.each<[string, Parameters<typeof configured>[0], LogConsoleOptions, string]>([
    ['tokens', open(token), {}, 'by tokens of ann (viewer); redaction is on'],
    [
      'guards, as classes and as instances, and tokens',
      open(token),
      { access: { guards: [JwtAuthGuard, new JwtAuthGuard()], role: () => 'viewer' } },
      'by the guards JwtAuthGuard, JwtAuthGuard and tokens of ann (viewer); redaction is on',
    ],
    [
      'a role function alone',
      open(),
      { access: { role: () => 'viewer' } },
      'by a role function; redaction is on',
    ],
    [
      'the link of local mode',
      { kind: 'local', tokens: [token] },
      { redact: false },
      'by a link for this machine; redaction is off',
    ],
  ])('names %s', (_what, mode, options, says) => {
    const event = configured(mode, withDefaults(options));
    expect(event).toMatchObject({
      action: 'configuration',
      result: 'ok',
      says: `The log console is open, ${says}`,
    });
    expect(JSON.stringify(event)).not.toContain(token.token);
  });

  it('says what else matters, by name', () => {
    const options = {
      access: { abilities: { clear: 'admin' }, origins: ['https://ops.example'] },
      files: [{ id: 'nginx', path: '/var/log/nginx/access.log' }],
      sinks: [{ name: 'chat', write: () => undefined }],
      level: 'warn',
      captureOwnRequests: true,
    } as const;
    expect(configured(open(token), withDefaults(options)).details).toEqual({
      access: 'configured',
      guards: [],
      roleFunction: false,
      people: ['ann (viewer)'],
      abilities: { clear: 'admin' },
      origins: ['https://ops.example'],
      redaction: 'on',
      files: ['nginx'],
      sinks: ['chat'],
      captureConsole: false,
      captureOwnRequests: true,
      level: 'warn',
    });
  });
});
