/** Cold start: from the spawn of `node` to the first 200 from `POST /predict`. */

import { BenchError } from '../bench-error.ts';
import { median, medianRatio } from '../statistics.ts';
import { REQUEST_BODY } from './fixed-route.ts';
import { BARE_FASTIFY } from './programs.ts';
import { type Program, startServer } from './server-process.ts';

/** Milliseconds; medians. */
export interface ColdStart {
  readonly name: string;
  readonly ms: number;
  /** Median of the ratios to bare Fastify in the same round. */
  readonly ratio: number;
}

/** Starts each program in turn, `times` times over, and stops it again. */
export async function measureColdStarts(
  programs: readonly Program[],
  times: number,
  report: (line: string) => void,
): Promise<ColdStart[]> {
  const measured = programs.map((): number[] => []);
  // One round more than asked for: the first reads the files from the disk.
  for (let round = 0; round <= times; round++) {
    report(`cold start ${round} of ${times}`);
    for (const [index, program] of programs.entries()) {
      const ms = await startOnce(program);
      if (round > 0) measured[index]!.push(ms);
    }
  }
  const base = measured[programs.findIndex(({ name }) => name === BARE_FASTIFY)]!;
  return programs.map(({ name }, index) => ({
    name,
    ms: median(measured[index]!),
    ratio: medianRatio(measured[index]!, base),
  }));
}

async function startOnce(program: Program): Promise<number> {
  const startedAt = performance.now();
  const server = await startServer(program);
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/predict`, { method: 'POST', headers, body: REQUEST_BODY });
    await response.arrayBuffer();
    if (response.status !== 200) throw new BenchError(`${program.name} answered ${response.status}`);
    return performance.now() - startedAt;
  } finally {
    await server.stop();
  }
}
