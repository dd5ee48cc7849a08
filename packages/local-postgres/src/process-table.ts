/** What the operating system knows of a process that is not our child. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const POLL_MS = 20;

const run = promisify(execFile);

/** A living process. */
export interface ProcessEntry {
  /** Opaque; with the pid it tells this process from a later one with the same pid. */
  readonly startedAt: string;
  readonly command: string;
}

/** The living process with that pid; undefined for none and for a zombie, which holds no file and no port. */
export async function findProcess(pid: number): Promise<ProcessEntry | undefined> {
  // Slim images have /proc but no `ps`; macOS has `ps` but no /proc.
  return (await fromProc(pid)) ?? (await fromPs(pid));
}

/** Sends the signal if the process still exists. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** True as soon as the process is gone, false when it still lives after the time. */
export async function waitUntilGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while ((await findProcess(pid)) !== undefined) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

async function fromProc(pid: number): Promise<ProcessEntry | undefined> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]);
    // proc(5): the name stands in parentheses and may hold spaces; field 3 is the state, field 22 the start in clock ticks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { startedAt: fields[19] ?? '', command: command.replaceAll('\0', ' ') };
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<ProcessEntry | undefined> {
  try {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'stat=,lstart=,command=']);
    const [, state, startedAt, command] = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/m.exec(stdout) ?? [];
    return state === undefined || state.startsWith('Z') ? undefined : { startedAt: startedAt ?? '', command: command ?? '' };
  } catch {
    return undefined;
  }
}
