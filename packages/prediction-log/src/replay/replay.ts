/** Sends rows to the store again that were set aside or handed over: after their fault, or the table's, was put right. */
import { createReadStream } from 'node:fs';
import { batchOf, linesOf } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { readLines } from '../read-lines.ts';
import { parseObject } from '../record-json.ts';
import { rewriteFile } from '../spool/rewrite-file.ts';
import { Delivery } from '../writer/delivery.ts';

const BATCH_ROWS = 500;

/** Where rows go. */
export interface ReplayOptions {
  /** The store of a target; asked once for each batch. */
  readonly storeOf: (target: string) => PredictionStore;
  /** For lines that do not say their target. */
  readonly target: string | undefined;
}

/** What became of the rows. */
export interface ReplayCount {
  /** Kept now, or already before. */
  readonly written: number;
  /** How many lines of rows were refused again or have no target, and of a file those that are no rows. */
  readonly left: number;
}

/**
 * Replays a file and removes it; rows that are refused again go back into it.
 *
 * @throws {PredictionLogError} when the store is away; no row is lost, and the file can be replayed again
 */
export function replayFile(path: string, options: ReplayOptions): Promise<ReplayCount> {
  return rewriteFile(path, (own, keep) => replayLines(readLines(createReadStream(own)), options, keep));
}

/** Replays the rows between other lines, as a log has them, which are passed over. @throws {PredictionLogError} when the store is away */
export function replayLog(lines: AsyncIterable<string>, options: ReplayOptions): Promise<ReplayCount> {
  return replayLines(rowsAmong(lines), options, async () => undefined);
}

async function* rowsAmong(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) if (parseRow(line)) yield line;
}

async function replayLines(
  lines: AsyncIterable<string>,
  { storeOf, target }: ReplayOptions,
  keep: (line: string) => Promise<void>,
): Promise<ReplayCount> {
  const waiting = new Map<string, string[]>();
  let [written, left] = [0, 0];

  async function leave(line: string): Promise<void> {
    left++;
    await keep(line);
  }

  async function send(targetName: string): Promise<void> {
    const batch = batchOf(waiting.get(targetName) ?? []);
    waiting.delete(targetName);
    await new Delivery(batch, false).deliver(storeOf(targetName), {
      onWritten: (rows) => {
        written += rows;
      },
      onRefused: async (row) => {
        for (const line of linesOf(row)) await leave(line);
      },
    });
  }

  for await (const line of lines) {
    const row = parseRow(line);
    const own = typeof row?.target === 'string' ? row.target : target;
    if (!row || own === undefined) {
      if (line !== '') await leave(line);
      continue;
    }
    const batch = waiting.get(own) ?? [];
    waiting.set(own, batch);
    if (batch.push(line) === BATCH_ROWS) await send(own);
  }
  for (const targetName of [...waiting.keys()]) await send(targetName);
  return { written, left };
}

function parseRow(line: string): Readonly<Record<string, unknown>> | undefined {
  const object = parseObject(line);
  return typeof object?.recordId === 'string' ? object : undefined;
}
