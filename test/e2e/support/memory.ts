/** Memory of a process as the kernel counts it (Linux). */
import { readFile } from 'node:fs/promises';

/** Peak resident memory so far, in MiB. */
export async function peakMemoryMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
