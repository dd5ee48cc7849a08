/** The machine that figures are from; neither its name nor its paths. */
import { cpus, loadavg, platform, totalmem } from 'node:os';

/** What a reader must know to compare. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
  readonly date: string;
  /** Mean number of running processes in the minute before. */
  readonly loadBefore: number;
}

/** Describes this machine now. */
export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: platform(),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    loadBefore: Number(loadavg()[0]!.toFixed(2)),
  };
}
