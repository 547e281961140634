import type { DemoToken } from './demo-tokens.js';

/** The text printed when the demo listens: a link for each role, ready to open. */
export function welcome(port: number, tokens: readonly DemoToken[]): string {
  const origin = `http://localhost:${port}`;
  const links = tokens.map(
    ({ name, token }) => `${name.padEnd(10)}${origin}/log-console#token=${encodeURIComponent(token)}`,
  );
  const lines = ['', 'The warehouse is open. Its log console:', ...links, `API       ${origin}/docs`];
  if (tokens.some(({ isDefault }) => isDefault)) {
    lines.push(
      'These tokens are for the demo only: everybody knows them. Set DEMO_*_TOKEN to use your own,',
      'and HOST=0.0.0.0 to be reached from other machines.',
    );
  }
  return [...lines, '', ''].join('\n');
}
