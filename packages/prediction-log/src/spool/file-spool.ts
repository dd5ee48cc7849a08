/**
 * A spool of files in a directory that several processes may share, a volume of many pods too.
 *
 * Each process writes segments under its own name and renews its lease while it has any. Segments whose owner's lease has run out, or
 * was given up by a clean exit, go to the first process that renames them. No lock is needed: a segment is deleted only after the store
 * has kept its rows, and rows that arrive twice are kept once.
 */
import { randomUUID } from 'node:crypto';
import { rm, rmdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Batch } from '../batch.ts';
import { PredictionLogError } from '../errors.ts';
import { makeDirectory } from '../make-directory.ts';
import type { Spool } from '../spool-port.ts';
import { adoptOrphans } from './orphans.ts';
import { appendToSegment, readSegment, type Segment } from './segment.ts';
import { leasePath, SegmentNumbers, segmentPath } from './segment-name.ts';

/** Rows in a segment, and so in one statement when it is replayed. */
const SEGMENT_ROWS = 500;
const MAX_BYTES = 256 * 1024 * 1024;
/** Four times the writer's maintenance interval. */
const LEASE_MS = 20_000;

/** Where the spool lives. */
export interface FileSpoolOptions {
  /** Made when absent. */
  readonly directory: string;
  /** Beyond it the oldest segments go; 256 MiB unless given. */
  readonly maxBytes?: number;
  /** Time without a sign of life after which another process takes the segments over; 20 s unless given. */
  readonly leaseMs?: number;
  /** Whether `close` removes the directory where nothing is in it. */
  readonly removesEmpty?: boolean;
  /** Takes a sentence, once for each file with rows that cannot be read. */
  readonly onDamage?: (detail: string) => void;
}

/**
 * Opens the spool and takes over what dead processes left.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_SPOOL_UNUSABLE` when the directory cannot be made or written
 */
export async function openFileSpool(options: FileSpoolOptions): Promise<Spool> {
  const spool = new FileSpool(options);
  try {
    await makeDirectory(options.directory);
    await spool.probe();
    await spool.maintain();
    return spool;
  } catch (cause) {
    const detail = `the spool directory ${options.directory} cannot be used: ${(cause as Error).message}`;
    throw new PredictionLogError('PREDICTION_LOG_SPOOL_UNUSABLE', detail, { cause });
  }
}

class FileSpool implements Spool {
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #leaseMs: number;
  readonly #removesEmpty: boolean;
  readonly #onDamage: (detail: string) => void;
  /** The host tells a reader of the directory whose rows these are; the rest makes it single, as pids in containers are not. */
  readonly #owner = `${hostname()}-${randomUUID().slice(0, 8)}`;
  readonly #numbers = new SegmentNumbers();
  /** Oldest first. */
  #segments: Segment[] = [];
  /** The last segment while rows may still be added to it. */
  #open: Segment | undefined;
  #peeked: Segment | undefined;
  /** Of the file that was peeked at last. */
  #damagedLines = 0;
  #damagedRows = 0;
  /** Names of files of other processes that we cannot take over. */
  readonly #unusable = new Set<string>();
  #hasLease = false;
  /** Calls run one after another: a segment is never read while it is written. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({
    directory,
    maxBytes = MAX_BYTES,
    leaseMs = LEASE_MS,
    removesEmpty = false,
    onDamage = () => undefined,
  }: FileSpoolOptions) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#leaseMs = leaseMs;
    this.#removesEmpty = removesEmpty;
    this.#onDamage = onDamage;
  }

  rows(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.rows, 0);
  }

  damagedRows(): number {
    return this.#damagedRows;
  }

  push(batch: Batch): Promise<number> {
    return this.#inTurn(async () => {
      await this.#renewLease();
      // A process that was stopped for longer than its lease may lose a segment under its hands: then into a new one.
      if (!(await this.#append(batch)) && !(await this.#append(batch)))
        throw new Error('spool files vanish while they are written');
      return this.#dropBeyondBound();
    });
  }

  unshift(batch: Batch): Promise<number> {
    return this.#inTurn(async () => {
      if (batch.rows === 0) return 0;
      await this.#renewLease();
      const segment = this.#newSegment(this.#numbers.before());
      await appendToSegment(segment, batch);
      this.#segments.unshift(segment);
      return this.#dropBeyondBound();
    });
  }

  peek(): Promise<Batch | undefined> {
    return this.#inTurn(async () => {
      for (let segment = this.#segments[0]; segment; segment = this.#segments[0]) {
        if (this.#open === segment) this.#open = undefined;
        const content = await readSegment(segment.path);
        this.#peeked = segment;
        this.#damagedLines = content?.damagedLines ?? 0;
        if (content && content.batch.rows > 0) return content.batch;
        if (content) await this.#removePeeked(segment);
        // Another process took it for an orphan and sends it; it is no longer ours to count.
        else this.#forget(segment);
      }
      return undefined;
    });
  }

  remove(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#peeked) await this.#removePeeked(this.#peeked);
      this.#peeked = undefined;
    });
  }

  maintain(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#remake();
      if (this.#segments.length > 0) await this.#renewLease();
      else await this.#giveLeaseUp();
      const adopted = await adoptOrphans({
        directory: this.#directory,
        owner: this.#owner,
        leaseMs: this.#leaseMs,
        now: Date.now(),
        maxBytes: this.#maxBytes - this.#bytes(),
        beforeTaking: () => this.#renewLease(),
        nextPath: () => segmentPath(this.#directory, this.#owner, this.#numbers.before()),
        unusable: this.#unusable,
        onUnusable: (path, error) => this.#onDamage(`the spool file ${path} is left where it is: ${error.message}`),
      });
      this.#segments.unshift(...adopted);
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#giveLeaseUp();
      // Not with what others have there: rows, leases, dead letters.
      if (this.#removesEmpty) await rmdir(this.#directory).catch(() => undefined);
    });
  }

  /** Shows at start, not at the first outage, that the directory can be written. */
  async probe(): Promise<void> {
    await this.#renewLease();
  }

  async #append(batch: Batch): Promise<boolean> {
    if (!this.#open || this.#open.rows + batch.rows > SEGMENT_ROWS) {
      this.#open = this.#newSegment(this.#numbers.behind());
    }
    const segment = this.#open;
    const kept = await appendToSegment(segment, batch);
    if (!kept) {
      this.#forget(segment);
      this.#open = undefined;
    } else if (this.#segments.at(-1) !== segment) {
      this.#segments.push(segment);
    }
    return kept;
  }

  /** Its damaged lines are given up now, and not before: as long as the file is there, another process may still have to count them. */
  async #removePeeked(segment: Segment): Promise<void> {
    await rm(segment.path, { force: true });
    this.#forget(segment);
    if (this.#damagedLines === 0) return;
    this.#damagedRows += this.#damagedLines;
    this.#onDamage(`the spool file ${segment.path} had damaged lines, which are dropped: ${this.#damagedLines}`);
    this.#damagedLines = 0;
  }

  #newSegment(number: number): Segment {
    return { path: segmentPath(this.#directory, this.#owner, number), rows: 0, bytes: 0 };
  }

  /** The batch that is being sent stays: it may be written already. */
  async #dropBeyondBound(): Promise<number> {
    let dropped = 0;
    while (this.#bytes() > this.#maxBytes) {
      const oldest = this.#segments.find((segment) => segment !== this.#peeked && segment !== this.#open);
      if (!oldest) break;
      await rm(oldest.path, { force: true });
      this.#forget(oldest);
      dropped += oldest.rows;
    }
    return dropped;
  }

  #bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  #forget(segment: Segment): void {
    this.#segments = this.#segments.filter((candidate) => candidate !== segment);
  }

  /** Another process that ended may have removed the directory, as it was empty. It cannot while a lease is in it. */
  async #remake(): Promise<void> {
    if (this.#removesEmpty) await makeDirectory(this.#directory);
  }

  async #renewLease(): Promise<void> {
    await this.#remake();
    await writeFile(leasePath(this.#directory, this.#owner), '');
    this.#hasLease = true;
  }

  async #giveLeaseUp(): Promise<void> {
    if (!this.#hasLease) return;
    await rm(leasePath(this.#directory, this.#owner), { force: true });
    this.#hasLease = false;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
