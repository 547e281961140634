import { type LookupFunction } from 'node:net';
import { HookServer } from './hook-server.js';
import { post } from './post.js';
import { isPublic, publicLookup } from './public-address.js';

describe('isPublic', () => {
  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
  ])('is true of %s', (address) => expect(isPublic(address)).toBe(true));

  it.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '127.9.9.9',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.0.0.8',
      '192.0.2.1',
      '192.168.0.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '::ffff:1.1.1.1',
      '64:ff9b::a00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
    ],
    ...['ff02::1', '2001:db8::1', '2001::1', '2002:a00:1::', 'localhost', '', '1.1.1'],
  ])('is false of %s', (address) => expect(isPublic(address)).toBe(false));
});

describe('publicLookup', () => {
  const ask = (addresses: string[], all: boolean): Promise<unknown> =>
    new Promise((resolve) => {
      const known = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      publicLookup(() => Promise.resolve(known))('x.example', { all }, (error, found, family) =>
        resolve(error ? error.message : all ? found : [found, family]),
      );
    });

  it('gives on what is public, in the form that is asked for', async () => {
    expect(await ask(['1.1.1.1', '2606:4700::1111'], true)).toEqual([
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    expect(await ask(['1.1.1.1'], false)).toEqual(['1.1.1.1', 4]);
  });

  it.each([
    ['a private address', ['10.0.0.1']],
    ['a private one behind a public one', ['1.1.1.1', '127.0.0.1']],
    ['none', []],
  ])('gives nothing on where there is %s', async (_what, addresses) => {
    expect(await ask(addresses, true)).toBe('The address is private; allowPrivate would allow it');
    expect(await ask(addresses, false)).toBe('The address is private; allowPrivate would allow it');
  });

  it('hands on that a name is not known', async () => {
    const lookup = publicLookup(() => Promise.reject(new Error('ENOTFOUND')));
    await expect(new Promise((resolve) => lookup('x', {}, resolve))).resolves.toMatchObject({
      message: 'ENOTFOUND',
    });
  });
});

describe('post', () => {
  let server: HookServer;
  beforeEach(async () => (server = await new HookServer().listen()));
  afterEach(() => server.close());

  const send = (lookup: LookupFunction): Promise<number> =>
    post({
      url: new URL(`http://rebinds.example.invalid:${server.port}/`),
      headers: {},
      body: Buffer.from('{}'),
      timeoutMs: 2000,
      lookup,
    });

  it('connects to the address that was looked at, and asks for the name no second time', async () => {
    let asked = 0;
    await expect(
      send((_name, options, callback) => {
        asked++;
        if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
        else callback(null, '127.0.0.1', 4);
      }),
    ).resolves.toBe(204);
    expect(asked).toBe(1);
  });

  it('connects to nobody where the name leads to a private address', async () => {
    const lookup = publicLookup(() => Promise.resolve([{ address: '127.0.0.1', family: 4 }]));
    await expect(send(lookup)).rejects.toThrow('The address is private');
    expect(server.asked).toBe(0);
  });
});
