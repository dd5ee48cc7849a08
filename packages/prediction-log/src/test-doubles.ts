/** Stand-ins for the writer's unit tests: a clock turned by hand, a store that fails on demand, a spool in memory. */
import { setImmediate } from 'node:timers/promises';
import { type Batch, decodeBatch } from './batch.ts';
import type { Clock } from './clock.ts';
import { PredictionLogError } from './errors.ts';
import { createMemoryStore } from './memory.ts';
import type { PredictionRecord, PredictionStore } from './port.ts';
import type { Spool } from './spool-port.ts';

const SETTLE_TURNS = 20;

/** A clock that moves only by `advance`. */
export interface ManualClock extends Clock {
  /** Runs what falls due within `ms`, in order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
}

/** A clock at 0. */
export function createManualClock(): ManualClock {
  let time = 0;
  let calls: { at: number; callback: () => void }[] = [];
  return {
    now: () => time,
    schedule(callback, ms) {
      const call = { at: time + ms, callback };
      calls.push(call);
      return () => {
        calls = calls.filter((other) => other !== call);
      };
    },
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const next = calls.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        calls = calls.filter((other) => other !== next);
        time = next.at;
        next.callback();
        await settle();
      }
      time = end;
    },
  };
}

/** Lets the stand-ins answer: each needs a turn of the event loop or two. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn++) await setImmediate();
}

/** How a store behaves: `lost-answer` keeps the rows and then fails, as when a connection ends before the commit is known. */
type StoreMode = 'up' | 'down' | 'silent' | 'lost-answer';

/** A memory store that fails on demand. */
export interface FaultyStore extends PredictionStore {
  mode: StoreMode;
  /** Why it is not ready; absent, it is. */
  unready: string | undefined;
  /** Rows that are refused. */
  isBad: (record: PredictionRecord) => boolean;
  /** Rows of the batches that were offered, refused ones included. */
  readonly batches: number[];
  /** Request ids of the rows kept, oldest first. */
  kept(): Promise<string[]>;
  /** Answers all appends that hang: as kept. */
  answer(): Promise<void>;
}

/** A store that is up. */
export function createFaultyStore(): FaultyStore {
  const memory = createMemoryStore();
  const batches: number[] = [];
  let waiting: (() => void)[] = [];
  return {
    ...memory,
    mode: 'up',
    unready: undefined,
    isBad: () => false,
    batches,
    async ready() {
      if (this.unready !== undefined) throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', this.unready);
    },
    async append(batch) {
      batches.push(batch.rows);
      if (this.mode === 'down') throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', 'down');
      if (decodeBatch(batch).some(this.isBad)) throw new PredictionLogError('PREDICTION_LOG_REFUSED', 'bad row');
      if (this.mode === 'silent') await new Promise<void>((resolve) => waiting.push(resolve));
      await memory.append(batch);
      if (this.mode === 'lost-answer') throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', 'connection lost');
    },
    async kept() {
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await memory.list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
        ids.push(...page.predictions.map(({ requestId }) => requestId ?? ''));
        cursor = page.nextCursor;
      }
      return ids.reverse();
    },
    async answer() {
      for (const resolve of waiting) resolve();
      waiting = [];
      await setImmediate();
    },
  };
}

/** A spool in memory. */
export interface MemorySpool extends Spool {
  /** Makes every call fail. */
  broken: boolean;
  maxRows: number;
  readonly batches: Batch[];
}

/** A spool in memory, empty unless given batches of a former process. */
export function createMemorySpool(batches: Batch[] = []): MemorySpool {
  let peeked: Batch | undefined;
  const rows = () => batches.reduce((sum, batch) => sum + batch.rows, 0);
  const spool: MemorySpool = {
    broken: false,
    maxRows: Number.POSITIVE_INFINITY,
    batches,
    rows,
    damagedRows: () => 0,
    push: (batch) => keep(() => batches.push(batch)),
    unshift: (batch) => keep(() => batches.unshift(batch)),
    async peek() {
      assertWhole();
      peeked = batches[0];
      return peeked;
    },
    async remove() {
      assertWhole();
      if (peeked) batches.splice(batches.indexOf(peeked), 1);
      peeked = undefined;
    },
    maintain: async () => undefined,
    close: async () => undefined,
  };
  return spool;

  async function keep(add: () => void): Promise<number> {
    await setImmediate();
    assertWhole();
    add();
    let dropped = 0;
    while (rows() > spool.maxRows) {
      const [oldest] = batches.splice(batches[0] === peeked ? 1 : 0, 1);
      dropped += oldest?.rows ?? 0;
    }
    return dropped;
  }
  function assertWhole(): void {
    if (spool.broken) throw new Error('no space left on device');
  }
}
