/**
 * A lock that writers on several machines respect, and that outlives no crash.
 *
 * It is a folder of numbered files. The highest is the lock: held, or free. Whoever finds it free, or sees no beat of its holder for a whole
 * lease, creates the next number, which only one can (O_EXCL). The highest is never deleted, so that who judged an older one finds out.
 *
 * A process id says nothing on another node, and clocks of nodes differ: a waiter reads the beats and measures the time between them by its own clock.
 * A holder that stood still for longer than its lease has lost the lock; it asks before each step that readers can see.
 */
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryError } from './errors.ts';

const LEASE_MS = 15_000;
const WAIT_MS = 5 * 60_000;
/** Beats in a lease: one that comes late is no death. */
const BEATS_PER_LEASE = 6;
const POLLS_PER_LEASE = 60;
const NUMBER_DIGITS = 10;
const NUMBER = /^\d{10}$/;

/** How to take the lock. */
export interface LockOptions {
  /** Folder of the lock; made where it is absent. */
  readonly folder: string;
  /** Who takes it, for those who wait. */
  readonly owner: string;
  /** Time without a beat after which the lock is another's; 15 s unless given. */
  readonly leaseMs?: number;
  /** How long to wait for it; 5 min unless given. */
  readonly waitMs?: number;
  /** Called once with who holds it, when it has to be waited for. */
  readonly onWait?: (holder: string) => void;
}

/** A lock that is held. */
export interface HeldLock {
  /** @throws RegistryError `REGISTRY_LOCK_LOST` when another may have taken it. */
  assertHeld(): Promise<void>;
  /** Gives it up; never throws. */
  release(): Promise<void>;
}

/**
 * Takes the lock.
 *
 * @throws RegistryError `REGISTRY_LOCKED` when its holder lives on for longer than `waitMs`; what the file system says where it cannot be written.
 */
export async function acquireLock(options: LockOptions): Promise<HeldLock> {
  const { folder, leaseMs = LEASE_MS, waitMs = WAIT_MS, onWait } = options;
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const deadline = performance.now() + waitMs;
  let seen: { readonly latest: Latest; readonly at: number } | undefined;
  for (let told = false; ; ) {
    const latest = await readLatest(folder);
    if (seen?.latest.number !== latest.number || seen.latest.text !== latest.text) seen = { latest, at: performance.now() };
    if (isFree(latest.text) || performance.now() - seen.at > leaseMs) {
      const lock = await take(options, latest.number + 1, leaseMs);
      if (lock) return lock;
      continue;
    }
    if (!told) onWait?.(ownerOf(latest.text));
    told = true;
    if (performance.now() > deadline) {
      throw new RegistryError(
        'REGISTRY_LOCKED',
        `${ownerOf(latest.text)} has been writing for more than ${waitMs / 1000} s: try again later`,
      );
    }
    await sleep(leaseMs / POLLS_PER_LEASE);
  }
}

interface Latest {
  readonly number: number;
  /** Undefined where there is none yet. */
  readonly text: string | undefined;
}

async function readLatest(folder: string): Promise<Latest> {
  for (;;) {
    const number = await latestNumber(folder);
    if (number === 0) return { number, text: undefined };
    try {
      return { number, text: await readFile(join(folder, fileName(number)), 'utf8') };
    } catch (error) {
      // A higher one has come meanwhile, and this one was cleared away.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

async function latestNumber(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => NUMBER.test(name));
  return Math.max(0, ...names.map(Number));
}

const fileName = (number: number): string => String(number).padStart(NUMBER_DIGITS, '0');

/** Creates the file of a number; undefined when somebody else was faster. */
async function take({ folder, owner }: LockOptions, number: number, leaseMs: number): Promise<HeldLock | undefined> {
  const path = join(folder, fileName(number));
  let file: FileHandle;
  try {
    file = await open(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  const lock = new FileLock(folder, number, file, owner, leaseMs);
  try {
    await lock.begin();
    // Whoever was slow may have made a number below one that is held.
    if ((await latestNumber(folder)) === number) return lock;
    await lock.release();
    return undefined;
  } catch (error) {
    await lock.release();
    // It was never held: the one below is the highest again.
    await rm(path, { force: true });
    throw error;
  }
}

class FileLock implements HeldLock {
  readonly #folder: string;
  readonly #number: number;
  readonly #file: FileHandle;
  readonly #owner: string;
  readonly #leaseMs: number;
  #beats = 0;
  #lastBeat = performance.now();
  #beating: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, number: number, file: FileHandle, owner: string, leaseMs: number) {
    this.#folder = folder;
    this.#number = number;
    this.#file = file;
    this.#owner = owner;
    this.#leaseMs = leaseMs;
  }

  async begin(): Promise<void> {
    await this.#write('held');
    for (const name of await readdir(this.#folder)) {
      if (NUMBER.test(name) && Number(name) < this.#number) await rm(join(this.#folder, name), { force: true });
    }
    this.#timer = setInterval(() => this.#beat(), this.#leaseMs / BEATS_PER_LEASE).unref();
  }

  async assertHeld(): Promise<void> {
    const isLate = performance.now() - this.#lastBeat > this.#leaseMs;
    if (!isLate && (await latestNumber(this.#folder)) === this.#number) return;
    throw new RegistryError(
      'REGISTRY_LOCK_LOST',
      'this process stood still for so long that another one may write to the registry: nothing was changed; try again',
    );
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    await this.#write('free').catch(() => undefined);
    await this.#file.close().catch(() => undefined);
  }

  /** A beat that fails is not counted: the lock is lost when its lease ends. */
  #beat(): void {
    this.#beating = this.#beating.then(() => this.#write('held')).catch(() => undefined);
  }

  /** The length stays the same, so that neither a beat nor the release takes space on a full disk. */
  async #write(state: 'held' | 'free'): Promise<void> {
    const startedAt = performance.now();
    const beat = String(this.#beats++).padStart(NUMBER_DIGITS, '0');
    await this.#file.write(`${JSON.stringify({ state, owner: this.#owner, beat })}\n`, 0);
    await this.#file.datasync();
    this.#lastBeat = startedAt;
  }
}

function isFree(text: string | undefined): boolean {
  return text === undefined || parse(text).state === 'free';
}

function ownerOf(text = ''): string {
  return parse(text).owner ?? 'another process';
}

/** A text that is read while it is written may be no JSON: then somebody lives. */
function parse(text: string): { readonly state?: string; readonly owner?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
