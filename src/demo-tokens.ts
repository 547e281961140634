import { readText, SettingError } from './settings.js';

const roles = ['viewer', 'operator', 'admin'] as const;

/** One way into the demo's log console. */
export interface DemoToken {
  readonly name: string;
  readonly role: (typeof roles)[number];
  readonly token: string;
  /** True while the token is the one published here, which everybody knows. */
  readonly isDefault: boolean;
}

/** A token per role: DEMO_VIEWER_TOKEN, DEMO_OPERATOR_TOKEN, DEMO_ADMIN_TOKEN, each at least 32 characters. */
export function demoTokens(): DemoToken[] {
  return roles.map((role) => {
    const published = `demo-only-${role}-token-not-for-production`;
    const variable = `DEMO_${role.toUpperCase()}_TOKEN`;
    const token = readText(variable) ?? published;
    if (token.length < 32) throw new SettingError(`${variable} must have at least 32 characters`);
    return { name: role, role, token, isDefault: token === published };
  });
}

/** The address to listen on: HOST, else this machine only while a token is one that everybody knows, else all. */
export function listenHost(tokens: readonly DemoToken[]): string | undefined {
  return readText('HOST') ?? (tokens.some(({ isDefault }) => isDefault) ? '127.0.0.1' : undefined);
}
