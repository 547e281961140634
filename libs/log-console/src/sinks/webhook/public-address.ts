import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks of IANA's special-purpose registry: what is in one of them is not out on the internet. */
const PRIVATE_V4 = new BlockList();
for (const network of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
])
  addTo(PRIVATE_V4, network, 'ipv4');
/** Of IPv6 only this is given out; what wraps an IPv4 address, and what is for examples, is taken out again. */
const GIVEN_V6 = new BlockList();
addTo(GIVEN_V6, '2000::/3', 'ipv6');
const SPECIAL_V6 = new BlockList();
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])
  addTo(SPECIAL_V6, network, 'ipv6');

function addTo(list: BlockList, network: string, family: 'ipv4' | 'ipv6'): void {
  const [address, bits] = network.split('/') as [string, string];
  list.addSubnet(address, Number(bits), family);
}

/** Whether an address is one of the internet, and not of this machine or its networks. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !PRIVATE_V4.check(address, 'ipv4');
    case 6:
      return GIVEN_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Looks a name up, as `dns.lookup` with `all` does. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true });

/** A `lookup` for a connection: it connects to the very addresses that were looked at, and to none when one is private. */
export function publicLookup(resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isPublic(address)))
          callback(new Error('The address is private; allowPrivate would allow it'), '', 0);
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
}
