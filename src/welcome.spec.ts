import type { DemoToken } from './demo-tokens.js';
import { welcome } from './welcome.js';

const token = (role: DemoToken['role'], isDefault: boolean): DemoToken => ({
  name: role,
  role,
  token: `${role}+token`,
  isDefault,
});

describe('welcome', () => {
  it('prints a ready link per role with the real port, and the API', () => {
    const text = welcome(8123, [token('viewer', false), token('operator', false), token('admin', false)]);
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'viewer    http://localhost:8123/log-console#token=viewer%2Btoken',
        'operator  http://localhost:8123/log-console#token=operator%2Btoken',
        'admin     http://localhost:8123/log-console#token=admin%2Btoken',
        'API       http://localhost:8123/docs',
      ]),
    );
    expect(text).not.toContain('demo only');
  });

  it('says so when tokens are the published ones', () => {
    expect(welcome(8123, [token('viewer', false), token('admin', true)])).toContain('for the demo only');
  });
});
