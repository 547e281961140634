import { demoTokens } from './demo-tokens.js';

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
});
