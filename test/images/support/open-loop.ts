/**
 * A load generator that keeps its rate however slow the answers are, as many independent clients do; a closed loop would spare a slow
 * server. Requests go over connections that are kept until the server ends them; none is sent twice. When all connections wait for
 * their answers, what is due stays with the clients and is counted as held back: no machine has connections without end.
 */
import { type Address, type Answer, type KeptConnection, openConnection } from './kept-connection.ts';

const TICK_MS = 5;
/** Unlimited, connections become free all the time: the next look comes with the event loop's next turn. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const KEPT_FAILURES = 20;

export interface OpenLoopOptions extends Address {
  /** Requests due in a second; `Infinity` sends as fast as connections become free. */
  readonly perSecond: number;
  readonly seconds: number;
  /** Most connections at a time. */
  readonly connections: number;
  readonly path: string;
  /** JSON to `POST`. */
  readonly body: string;
  /** Which answers other than 200 are no failure. */
  readonly accepts?: (answer: Answer) => boolean;
}

/** What came of a load. */
export interface OpenLoopResult {
  /** Answers by status. */
  readonly answered: Readonly<Record<number, number>>;
  /** Requests without an answer, or with one that is not accepted. */
  readonly failed: number;
  /** The first failures, in words. */
  readonly failures: readonly string[];
  /** Requests that were due while no connection was free. */
  readonly heldBack: number;
  /** Milliseconds from sending to the whole answer, of those answered 200; sorted. */
  readonly latencies: Float64Array;
}

/** Sends the load and waits for the last answer. */
export async function runOpenLoop(options: OpenLoopOptions): Promise<OpenLoopResult> {
  const tally = createTally(options.accepts);
  const clients = createClients(options, tally);
  const unlimited = options.perSecond === Number.POSITIVE_INFINITY;
  const lengthMs = options.seconds * 1000;
  const started = performance.now();
  let due = 0;
  for (let elapsed = 0; elapsed < lengthMs; elapsed = performance.now() - started) {
    if (unlimited) while (clients.send());
    else for (; due < (elapsed / 1000) * options.perSecond; due++) if (!clients.send()) tally.heldBack++;
    await (unlimited ? nextTurn() : pause());
  }
  await clients.finish();
  return { ...tally, latencies: Float64Array.from(tally.latencies).sort() };
}

type Tally = ReturnType<typeof createTally>;

function createTally(accepts: OpenLoopOptions['accepts']) {
  const answered: Record<number, number> = {};
  const failures: string[] = [];
  const latencies: number[] = [];
  return {
    answered,
    failures,
    latencies,
    failed: 0,
    heldBack: 0,
    count(answer: Answer, latencyMs: number): void {
      answered[answer.status] = (answered[answer.status] ?? 0) + 1;
      if (answer.status === 200) latencies.push(latencyMs);
      else if (!accepts?.(answer)) this.fail(`${answer.status} ${answer.body.slice(0, 200)}`);
    },
    fail(reason: string): void {
      this.failed++;
      if (failures.length < KEPT_FAILURES) failures.push(reason);
    },
  };
}

function createClients({ host, port, path, body, connections }: OpenLoopOptions, tally: Tally) {
  const lines = [`POST ${path} HTTP/1.1`, `Host: ${host}`, 'Content-Type: application/json', `Content-Length: ${body.length}`];
  const request = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
  const open = new Set<KeptConnection>();
  const idle: KeptConnection[] = [];
  let inFlight = 0;

  function another(): KeptConnection | undefined {
    if (open.size === connections) return undefined;
    const connection = openConnection({ host, port }, request, {
      answered(answer, latencyMs) {
        inFlight--;
        tally.count(answer, latencyMs);
      },
      free: (freed) => idle.push(freed),
      lost(reason) {
        inFlight--;
        tally.fail(reason);
      },
      closed: (gone) => open.delete(gone),
    });
    open.add(connection);
    return connection;
  }

  return {
    /** Sends one request, if a connection is free for it. */
    send(): boolean {
      let connection = idle.pop();
      while (connection && !open.has(connection)) connection = idle.pop();
      connection ??= another();
      if (!connection) return false;
      inFlight++;
      connection.send();
      return true;
    },
    /** Waits for what is in flight and ends all connections. */
    async finish(): Promise<void> {
      while (inFlight > 0) await pause();
      for (const connection of open) connection.end();
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, TICK_MS));
}

/** The value that a share of a sorted list does not exceed. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
