import { type ContextRequest } from '../../domain/log-context.js';
import { Redactor } from '../../redaction/redactor.js';
import { KeptRequests } from './kept-requests.js';

const served = (path: string): ContextRequest => ({
  method: 'GET',
  path,
  startedAt: 0,
  outcome: {},
  isOurs: false,
});

describe('the requests that are kept', () => {
  const kept = (capacity?: number): KeptRequests => new KeptRequests('web-1', new Redactor(), capacity);

  it('are the last so many, one with a line that came again counts as new', () => {
    const requests = kept(3);
    const again = served('/a');
    for (const [id, request] of [
      ['a', served('/old')],
      ['b', served('/b')],
      ['c', served('/c')],
      ['a', again],
      ['d', served('/d')],
    ] as const)
      for (let line = 0; line < 3; line++) requests.keep(id, request);
    const found = ['a', 'b', 'c', 'd'].map((id) => requests.find(id)?.path);
    expect(found).toEqual(['/a', undefined, '/c', '/d']);
  });

  it('are 10,000', () => {
    const requests = kept();
    for (let number = 0; number <= 10_000; number++) requests.keep(`r-${number}`, served('/'));
    expect([requests.find('r-0'), requests.find('r-1')?.id]).toEqual([undefined, 'r-1']);
  });

  it('tell of what became of them later', () => {
    const requests = kept();
    const outcome = {};
    requests.keep('a', { ...served('/a'), outcome });
    expect(requests.find('a')).not.toHaveProperty('status');
    Object.assign(outcome, { status: 200, durationMs: 1.5 });
    expect(requests.find('a')).toEqual({
      id: 'a',
      method: 'GET',
      path: '/a',
      startedAt: '1970-01-01T00:00:00.000Z',
      instance: 'web-1',
      status: 200,
      durationMs: 1.5,
    });
  });

  it('have their path masked before it is cut', () => {
    const requests = kept();
    const secret = `ghp_${'0123456789'.repeat(4).slice(0, 36)}`;
    requests.keep('a', served(`/of/${secret}`));
    requests.keep('b', served(`/${'x'.repeat(1000)}/${secret}`));
    requests.keep('c', served(`/${'y'.repeat(16_000)}`));
    expect(requests.find('a')?.path).toMatch(/^\/of\/\[redacted:/);
    expect(requests.find('b')?.path).not.toContain('ghp_');
    expect(requests.find('c')?.path).toBe(`/${'y'.repeat(1023)}`);
  });
});
