import { accessLine, type Access } from './access-line.js';

const access: Access = {
  address: '10.0.3.17',
  time: new Date('2026-11-20T08:15:42.113Z'),
  method: 'GET',
  url: '/stock/AB-444?full=1',
  status: 200,
  bytes: 512,
};

describe('accessLine', () => {
  it('is what Apache and nginx write', () => {
    expect(accessLine(access)).toBe(
      '10.0.3.17 - - [20/Nov/2026:08:15:42 +0000] "GET /stock/AB-444?full=1 HTTP/1.1" 200 512 "-" "-"',
    );
    expect(accessLine({ ...access, referrer: 'http://localhost/', agent: 'curl/8.5' })).toMatch(
      / 200 512 "http:\/\/localhost\/" "curl\/8\.5"$/,
    );
  });

  it('stays one line, whatever a client sends', () => {
    const line = accessLine({ ...access, url: '/"\n\\', agent: '"\r\nforged' });
    expect(line).toContain('"GET /\\x22\\x0A\\x5C HTTP/1.1"');
    expect(line).toMatch(/"\\x22\\x0D\\x0Aforged"$/);
  });
});
