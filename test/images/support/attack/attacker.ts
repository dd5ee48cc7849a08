/**
 * One hostile client, as a process of its own: `node attacker.ts SERVICE KIND HOST PORT SECONDS`. It ends by itself.
 */
import { setPriority } from 'node:os';
import { KINDS } from './kinds.ts';
import { type Service, TARGETS } from './targets.ts';

const [service, kind, host, port, seconds] = process.argv.slice(2) as [Service, string, string, string, string];
// The honest clients beside it must be able to measure.
setPriority(10);
const ended = new AbortController();
setTimeout(() => {
  ended.abort();
  process.exit(0);
}, Number(seconds) * 1000);
KINDS[kind]!({ host, port: Number(port), ended: ended.signal }, TARGETS[service]);
