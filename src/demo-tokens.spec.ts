import { demoTokens, listenHost } from './demo-tokens.js';

describe('demoTokens', () => {
  const environment = process.env;

  beforeEach(() => {
    process.env = {};
  });

  afterAll(() => {
    process.env = environment;
  });

  it('offers one published token per role, long enough for the console', () => {
    const tokens = demoTokens();
    expect(tokens.map(({ role }) => role)).toEqual(['viewer', 'operator', 'admin']);
    for (const { role, token, isDefault } of tokens) {
      expect(token).toBe(`demo-only-${role}-token-not-for-production`);
      expect(token.length).toBeGreaterThanOrEqual(32);
      expect(isDefault).toBe(true);
    }
  });

  it('prefers a token of your own', () => {
    process.env.DEMO_ADMIN_TOKEN = 'x'.repeat(32);
    const admin = demoTokens().find(({ role }) => role === 'admin');
    expect(admin).toEqual({ name: 'admin', role: 'admin', token: 'x'.repeat(32), isDefault: false });
  });

  it('refuses a short one without repeating it', () => {
    process.env.DEMO_VIEWER_TOKEN = 'secret';
    expect(() => demoTokens()).toThrow('DEMO_VIEWER_TOKEN must have at least 32 characters');
    expect(() => demoTokens()).not.toThrow(/secret/);
  });

  it('keeps the demo to this machine while a token is public, unless HOST says otherwise', () => {
    expect(listenHost(demoTokens())).toBe('127.0.0.1');
    for (const role of ['VIEWER', 'OPERATOR', 'ADMIN']) process.env[`DEMO_${role}_TOKEN`] = 'x'.repeat(32);
    expect(listenHost(demoTokens())).toBeUndefined();
    process.env.HOST = '0.0.0.0';
    expect(listenHost(demoTokens())).toBe('0.0.0.0');
  });
});
