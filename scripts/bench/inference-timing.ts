/** Timing of code that takes less than the clock's resolution. */

const WARM_UP_MS = 300;
const ROUND_MS = 150;
const ROUNDS = 7;

/** Something to time; one call does `units` units of work. */
export interface Workload {
  readonly units: number;
  run(): void;
}

/**
 * Times workloads side by side: each is warmed up, then rounds alternate between them, so that what disturbs the machine
 * disturbs all of them alike.
 *
 * @returns median nanoseconds per unit over seven rounds, in the order given.
 */
export function timeAlternating(workloads: readonly Workload[]): number[] {
  const callsPerRound = workloads.map((workload) => Math.max(1, Math.ceil(ROUND_MS / warmUp(workload))));
  const rounds = Array.from({ length: ROUNDS }, () =>
    workloads.map((workload, index) => timeRound(workload, callsPerRound[index]!)),
  );
  return workloads.map((_, index) => median(rounds.map((round) => round[index]!)));
}

/** Runs until the compiler has settled; returns milliseconds per call. */
function warmUp(workload: Workload): number {
  const start = performance.now();
  let calls = 0;
  do {
    workload.run();
    calls++;
  } while (performance.now() - start < WARM_UP_MS);
  return (performance.now() - start) / calls;
}

function timeRound(workload: Workload, calls: number): number {
  const start = performance.now();
  for (let call = 0; call < calls; call++) workload.run();
  return ((performance.now() - start) * 1e6) / (calls * workload.units);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
