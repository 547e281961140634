import { type CanActivate } from '@nestjs/common';
import { accessMode } from './access-mode.js';
import { type AccessOptions, type AccessToken } from './access.options.js';

const guard: CanActivate = { canActivate: () => true };
const token = { token: 't'.repeat(32), name: 'ann', role: 'viewer' } as const;
const VARIABLE = 'v'.repeat(32);
const ENVIRONMENTS = [undefined, '', 'development', 'production', 'test', 'staging'];
const TERMINALS = [true, false];
const everywhere = ENVIRONMENTS.flatMap((env) =>
  TERMINALS.map((isTerminal) => ({ NODE_ENV: env, isTerminal })),
);

describe('The rule of access', () => {
  it.each<[what: string, access: AccessOptions, tokens: readonly AccessToken[]]>([
    ['guards', { guards: [guard] }, []],
    ['a role function', { role: () => 'viewer' }, []],
    ['tokens', { tokens: [token] }, [token]],
    ['all of them', { guards: [guard], role: () => undefined, tokens: [token] }, [token]],
  ])('is what the code says, in every environment: %s', (_what, access, tokens) => {
    for (const { NODE_ENV, isTerminal } of everywhere) {
      expect(accessMode(access, { env: { NODE_ENV }, isTerminal })).toEqual({
        kind: 'configured',
        tokens,
        ignoredVariable: false,
      });
      expect(accessMode(access, { env: { NODE_ENV, LOG_CONSOLE_TOKEN: VARIABLE }, isTerminal })).toEqual({
        kind: 'configured',
        tokens,
        ignoredVariable: true,
      });
    }
  });

  it('is else one operator with the token in the variable, in every environment', () => {
    for (const { NODE_ENV, isTerminal } of everywhere) {
      for (const access of [
        undefined,
        {},
        { guards: [], tokens: [], abilities: { read: 'viewer' as const } },
      ]) {
        expect(accessMode(access, { env: { NODE_ENV, LOG_CONSOLE_TOKEN: VARIABLE }, isTerminal })).toEqual({
          kind: 'configured',
          tokens: [{ token: VARIABLE, name: 'operator', role: 'operator' }],
          ignoredVariable: false,
        });
      }
    }
  });

  it.each(['production', 'test'])('is closed with NODE_ENV=%s, at a terminal too', (NODE_ENV) => {
    for (const isTerminal of TERMINALS) {
      for (const LOG_CONSOLE_TOKEN of [undefined, '']) {
        expect(accessMode({}, { env: { NODE_ENV, LOG_CONSOLE_TOKEN }, isTerminal })).toEqual({
          kind: 'closed',
          hint: 'set access in LogConsoleModule.forRoot(), or the variable LOG_CONSOLE_TOKEN (at least 32 characters)',
        });
      }
    }
  });

  it.each([undefined, '', 'development', 'staging'])(
    'is the person at the terminal with NODE_ENV=%j, with a new token each time',
    (NODE_ENV) => {
      const modes = [1, 2].map(() => accessMode(undefined, { env: { NODE_ENV }, isTerminal: true }));
      const tokens = modes.map((mode) => (mode.kind === 'local' ? mode.tokens[0] : undefined));
      for (const made of tokens)
        expect(made).toEqual({
          name: 'developer',
          role: 'admin',
          token: expect.stringMatching(/^[\w-]{43}$/) as unknown,
        });
      expect(tokens[0]?.token).not.toBe(tokens[1]?.token);
    },
  );

  it.each([undefined, '', 'development', 'staging'])(
    'is closed without a terminal with NODE_ENV=%j, with a line to paste',
    (NODE_ENV) => {
      expect(accessMode(undefined, { env: { NODE_ENV }, isTerminal: false })).toEqual({
        kind: 'closed',
        hint: expect.stringMatching(
          /^start it with a token: LOG_CONSOLE_TOKEN=[\w-]{43} npm run start:dev$/,
        ) as unknown,
      });
    },
  );
});
