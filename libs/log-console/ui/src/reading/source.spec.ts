import { sourceInAddress, sourceOf, sourceToAddress } from './source.js';

describe('The source of an address', () => {
  it.each([
    ['', 'application', '', 'api/'],
    ['?search=x&file=&op=', 'application', '', 'api/'],
    ['?file=scanner', 'file', 'scanner', 'api/files/scanner/'],
    ['?op=k3v', 'operation', 'k3v', 'api/operations/k3v/'],
    ['?file=scanner&op=k3v', 'operation', 'k3v', 'api/operations/k3v/'],
    ['?op=..%2F..%2Fx%3Fy', 'operation', '../../x?y', 'api/operations/..%2F..%2Fx%3Fy/'],
  ])('%j is the %s %j', (search, kind, id, path) => {
    expect(sourceInAddress(search)).toEqual({ kind, id, path });
  });

  it.each([
    [sourceOf('operation', 'k3v'), '?level=warn&file=scanner', '?level=warn&op=k3v'],
    [sourceOf('file', 'a b'), '?op=k3v', '?file=a+b'],
    [sourceOf('file', ''), '?op=k3v&from=ticket', '?from=ticket'],
    [sourceOf('operation', ''), '?op=k3v', ''],
  ])('%j, from %j, is %j', (source, search, address) => {
    expect(sourceToAddress(source, search)).toBe(address);
  });
});
