/** Where a server listens that is to be reached from everywhere. */
import { networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly { readonly family: string }[] | undefined>>;

/**
 * All addresses of this machine: `::`, by which IPv4 comes too, where there is IPv6; `0.0.0.0` where it is switched off.
 *
 * @param interfaces what the machine has; its own unless given.
 */
export function anyAddress(interfaces: Interfaces = networkInterfaces()): string {
  const families = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  return families.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}
