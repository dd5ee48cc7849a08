/**
 * Clients that never retry. One file without dependencies, so that the same program runs beside the tests and, mounted by a
 * ConfigMap, in a pod:
 *
 *     node probe.ts '{"url": "http://127.0.0.1:30800", "requests": [{"path": "/version"}], "fresh": {"perSecond": 50}}'
 *
 * It speaks in lines. Each line of its input begins a phase of that name; the end of its input ends the probe once everything in
 * flight is answered. Its output is JSON: counts twice a second, an echo of each phase, and at last the report.
 */
import { setMaxListeners } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** A connection for each request; busy connections that are kept; bodies sent in two halves, long apart. */
export type Kind = 'fresh' | 'keepAlive' | 'slow';

/** One request of those that clients send in turn: a POST where there is a body. */
export interface ProbeRequest {
  readonly path: string;
  /** JSON; `$ID` in it becomes an identifier of its own for each request. */
  readonly body?: string;
}

/** Where a probe asks, what, and with which kinds of clients; a kind that is not named has none. */
export interface ProbeOptions {
  readonly url: string;
  readonly requests: readonly ProbeRequest[];
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fresh?: { readonly perSecond: number };
  /** `perSecond` is the rate of each connection. */
  readonly keepAlive?: { readonly connections: number; readonly perSecond: number };
  /** The halves of a body are `apartMs` apart, or up to a quarter less; 6 s by default. */
  readonly slow?: { readonly inFlight: number; readonly apartMs?: number };
}

/** What one version of the service has answered. */
interface VersionReport {
  answers: number;
  /** Connections whose first answer it gave. */
  lives: number;
  /** When the last answer came, in milliseconds since the phase began. */
  lastAnswerMs: number;
}

/** A request that was not answered 200. */
interface Failure {
  readonly at: string;
  readonly error: string;
}

/** What clients of one kind have met in a phase. */
export interface KindReport {
  /** Answered or failed. */
  requests: number;
  failed: number;
  /** Those answered 200 that had a body. */
  posts: number;
  /** The first failures. */
  readonly failures: Failure[];
  /** Longest time between two answers, the last before the phase among them. */
  longestGapMs: number;
  readonly versions: Record<string, VersionReport>;
}

/** A part of a probe's run, named by who drives it. */
export interface Phase {
  readonly name: string;
  readonly kinds: Partial<Record<Kind, KindReport>>;
}

/** What the probe prints, a line each. */
export type ProbeMessage =
  | {
      readonly event: 'count';
      readonly requests: number;
      readonly failed: number;
      readonly slowInFlight: number;
      /** How long the phase has lasted, the new connections answered in it, and the kept ones that it has seen begin. */
      readonly phaseMs: number;
      readonly fresh: number;
      readonly lives: number;
    }
  | { readonly event: 'phase'; readonly name: string }
  | { readonly event: 'report'; readonly phases: readonly Phase[] };

const COUNT_EVERY_MS = 500;
/** A server that hangs is a failure too, whatever its limit. */
const PATIENCE_MS = 20_000;
/** Under the 8 s that the server grants every body. */
const HALVES_APART_MS = 6000;
const KEPT_FAILURES = 20;
const ID_PREFIX = Math.random().toString(36).slice(2, 10);

const options: ProbeOptions = JSON.parse(process.argv[2]!);
const apartMs = options.slow?.apartMs ?? HALVES_APART_MS;
const ending = new AbortController();
setMaxListeners(0, ending.signal);

const phases: Phase[] = [];
const lastAnswerAt: Partial<Record<Kind, number>> = {};
let phaseBeganAt = 0;
let requests = 0;
let failed = 0;
let started = 0;
let slowInFlight = 0;

beginPhase('start');
const counting = setInterval(tellCount, COUNT_EVERY_MS);
createInterface({ input: process.stdin })
  .on('line', (name) => {
    beginPhase(name);
    tell({ event: 'phase', name });
  })
  .once('close', () => ending.abort());
await Promise.all([sendFresh(), sendKeptAlive(), sendSlowly()]);
clearInterval(counting);
tell({ event: 'report', phases });

function tell(message: ProbeMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function beginPhase(name: string): void {
  phases.push({ name, kinds: {} });
  phaseBeganAt = performance.now();
}

function tellCount(): void {
  const fresh = sumOf('fresh', ({ answers }) => answers);
  const lives = sumOf('keepAlive', (version) => version.lives);
  tell({ event: 'count', requests, failed, slowInFlight, phaseMs: phaseAge(), fresh, lives });
}

function sumOf(kind: Kind, count: (version: VersionReport) => number): number {
  return Object.values(reportOf(kind).versions).reduce((total, version) => total + count(version), 0);
}

function phaseAge(): number {
  return performance.now() - phaseBeganAt;
}

/** At a fixed rate, whether or not earlier ones are answered: a slow service is not spared. */
async function sendFresh(): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  while (options.fresh && !ending.signal.aborted) {
    const one: Promise<void> = sendOne('fresh', new Agent()).finally(() => inFlight.delete(one));
    inFlight.add(one);
    await pause(1000 / options.fresh.perSecond);
  }
  await Promise.all(inFlight);
}

/** One request after the other on each connection, a new one only where the server has ended the last. */
async function sendKeptAlive(): Promise<void> {
  const { connections = 0, perSecond = 1 } = options.keepAlive ?? {};
  await inParallel(connections, 1000 / perSecond, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!ending.signal.aborted) {
      const next = pause(1000 / perSecond);
      await sendOne('keepAlive', agent);
      await next;
    }
    agent.destroy();
  });
}

async function sendSlowly(): Promise<void> {
  await inParallel(options.slow?.inFlight ?? 0, apartMs, async () => {
    while (!ending.signal.aborted) {
      slowInFlight++;
      await sendOne('slow', new Agent());
      slowInFlight--;
    }
  });
}

/** Starts clients spread over a period, so that they do not act all at once. */
async function inParallel(count: number, periodMs: number, client: () => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      await pause((index / count) * periodMs);
      await client();
    }),
  );
}

async function pause(ms: number): Promise<void> {
  await wait(ms, undefined, { signal: ending.signal }).catch(() => undefined);
}

async function sendOne(kind: Kind, agent: Agent): Promise<void> {
  const candidates = options.requests.filter(({ body }) => kind !== 'slow' || body !== undefined);
  started++;
  const { path, body } = candidates[started % candidates.length]!;
  const sent = body?.replaceAll('$ID', `${ID_PREFIX}-${started}`);
  try {
    const outgoing = request(options.url + path, {
      agent,
      method: sent === undefined ? 'GET' : 'POST',
      headers: { ...options.headers, ...(sent !== undefined && describeBody(sent)) },
    });
    const [answer] = await Promise.all([answerOf(outgoing), kind === 'slow' ? endSlowly(outgoing, sent!) : outgoing.end(sent)]);
    recordAnswer(kind, versionIn(answer), !outgoing.reusedSocket, sent !== undefined);
  } catch (error) {
    recordFailure(kind, error as NodeJS.ErrnoException);
  }
}

function describeBody(body: string): Record<string, string | number> {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

async function endSlowly(outgoing: ClientRequest, body: string): Promise<void> {
  const half = Math.floor(body.length / 2);
  outgoing.write(body.slice(0, half));
  await pause(apartMs * (1 - Math.random() / 4));
  outgoing.end(body.slice(half));
}

/** The body of an answer 200. */
function answerOf(outgoing: ClientRequest): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  outgoing.setTimeout(PATIENCE_MS, () => outgoing.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
  // Not once: the second half may meet a connection that is gone, which is one failure all the same.
  outgoing.on('error', reject);
  outgoing.once('response', (response: IncomingMessage) => {
    text(response).then((body) => {
      if (response.statusCode === 200) resolve(body);
      else reject(new Error(`${response.statusCode} ${body}`));
    }, reject);
  });
  return promise;
}

function versionIn(answer: string): string {
  try {
    return String(JSON.parse(answer).version ?? 'none');
  } catch {
    return 'none';
  }
}

function reportOf(kind: Kind): KindReport {
  const { kinds } = phases.at(-1)!;
  kinds[kind] ??= { requests: 0, failed: 0, posts: 0, failures: [], longestGapMs: 0, versions: {} };
  return kinds[kind];
}

function recordAnswer(kind: Kind, version: string, isFirst: boolean, isPost: boolean): void {
  const report = reportOf(kind);
  const now = performance.now();
  requests++;
  report.requests++;
  if (isPost) report.posts++;
  report.longestGapMs = Math.max(report.longestGapMs, now - (lastAnswerAt[kind] ?? now));
  lastAnswerAt[kind] = now;
  report.versions[version] ??= { answers: 0, lives: 0, lastAnswerMs: 0 };
  const ofVersion = report.versions[version];
  ofVersion.answers++;
  if (isFirst) ofVersion.lives++;
  ofVersion.lastAnswerMs = phaseAge();
}

function recordFailure(kind: Kind, { code, message }: NodeJS.ErrnoException): void {
  const report = reportOf(kind);
  requests++;
  failed++;
  report.requests++;
  report.failed++;
  if (report.failures.length < KEPT_FAILURES)
    report.failures.push({ at: new Date().toISOString(), error: code === undefined ? message : `${code} ${message}` });
}
