/** Which addresses can be those of replicas. Requests are forwarded to no other, whatever a signature says. */
import { BlockList, isIP } from 'node:net';

/** RFC 1918 and 4193, loopback, and the shared space that some networks give to pods (RFC 6598). */
const PRIVATE_RANGES = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['::1', 128, 'ipv6'],
] as const;

const ranges = new BlockList();
for (const [net, prefix, family] of PRIVATE_RANGES) ranges.addSubnet(net, prefix, family);

/** Whether it is the numeric address of a private network; a name never is, because it may come to mean another host. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && ranges.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
