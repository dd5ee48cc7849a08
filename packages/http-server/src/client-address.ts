/** Who counts as one client: an IPv4 address, or a network of 64 bits of IPv6, which is what one household or machine is given. */

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const NETWORK_GROUPS = 4;

/**
 * The name under which a peer's connections are counted together.
 *
 * @param address of a socket; undefined once it is closed.
 */
export function clientOf(address: string | undefined): string {
  if (address === undefined) return '';
  const ipv4 = MAPPED_IPV4.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  return address.includes(':') ? networkOf(address) : address;
}

/** The first four groups, with those that `::` stands for written out. */
function networkOf(address: string): string {
  const [before = '', after] = address.replace(/%.*$/, '').split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups = after === undefined ? head : [...head, ...Array(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
