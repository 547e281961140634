import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_VERSION } from './package-version.js';

describe('The version the package tells of itself', () => {
  it('is that of its package.json', () => {
    const json = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
    expect(PACKAGE_VERSION).toBe((JSON.parse(json) as { version: string }).version);
  });
});
