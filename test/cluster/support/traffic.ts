/** The traffic that runs through a scenario: three kinds of clients, from outside the cluster and from a pod, none of which retries. */
import { expect } from 'vitest';
import type { Kind, KindReport, Phase, ProbeOptions, ProbeRequest } from '../probe/probe.ts';
import { nodePortUrl } from './folders.ts';
import { type Probe, startInPod, startOutside } from './probe.ts';
import { keepRow, type Row } from './report.ts';
import type { Suite } from './suite.ts';
import { until } from './until.ts';

/** Where the clients of a probe are. */
export type Place = 'outside' | 'pod';

/** A scenario is judged by so many requests, all kinds and places together. */
const MIN_REQUESTS = 10_000;

/** Two cores carry the cluster, the servers and these clients: rates are bounded, so that what is measured is the update. */
const RATES: Record<Place, Pick<ProbeOptions, 'fresh' | 'keepAlive' | 'slow'>> = {
  outside: { fresh: { perSecond: 80 }, keepAlive: { connections: 40, perSecond: 5 }, slow: { inFlight: 500 } },
  pod: { fresh: { perSecond: 40 }, keepAlive: { connections: 40, perSecond: 2 }, slow: { inFlight: 500 } },
};

/** A request to predict, kept out of the log, and one that asks for the version. */
export const PREDICT_AND_VERSION: readonly ProbeRequest[] = [
  { path: '/predict?log=false', body: '{"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}' },
  { path: '/version' },
];

/** Where the clients go, with which requests, and how many of them. */
export interface TrafficOptions {
  readonly urls: Readonly<Partial<Record<Place, string>>>;
  readonly requests?: readonly ProbeRequest[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly rates?: Partial<typeof RATES>;
}

/** The reports of one place and kind, a phase each. */
export interface Part {
  readonly place: Place;
  readonly kind: Kind;
  readonly phase: string;
  readonly report: KindReport;
}

/** Traffic that runs. */
export interface Traffic {
  /** Begins a phase everywhere. */
  phase(name: string): Promise<void>;
  /** Resolves when so many more requests have been answered or have failed. */
  requests(count: number): Promise<void>;
  /** Resolves when the phase has lasted so long. */
  lasted(phaseMs: number): Promise<void>;
  /** Resolves when the phase has had so many answers on new connections, and has seen so many kept connections begin. */
  shared(fresh: number, lives: number): Promise<void>;
  /** Ends all clients, once there have been enough requests. */
  stop(): Promise<readonly Part[]>;
}

/** Where the server of Fiche 2 is, for both places. */
export const SERVER: TrafficOptions = { urls: { outside: nodePortUrl(30800), pod: 'http://mlops-server-svc:8000' } };

/** Starts the clients; resolves when all of them are at it, with every slow request in flight. */
export async function startTraffic(suite: Suite, options: TrafficOptions): Promise<Traffic> {
  const { urls, requests = PREDICT_AND_VERSION, headers = {}, rates = {} } = options;
  if (urls.outside !== undefined) await firstAnswer(urls.outside + requests.at(-1)!.path);
  const places = Object.entries(urls) as [Place, string][];
  const probes = await Promise.all(
    places.map(async ([place, url]): Promise<[Place, Probe]> => {
      const its: ProbeOptions = { url, requests, headers, ...(rates[place] ?? RATES[place]) };
      const probe = place === 'outside' ? startOutside(its) : await startInPod(suite, its);
      await probe.reached(({ requests: done, slowInFlight }) => done > 0 && slowInFlight === (its.slow?.inFlight ?? 0));
      return [place, probe];
    }),
  );
  return trafficOf(probes);
}

/** A fresh NodePort refuses for a moment; from its first answer on, none may fail. */
async function firstAnswer(url: string): Promise<void> {
  await until(`an answer at ${url}`, async () => (await fetch(url)).ok || undefined);
}

function trafficOf(probes: readonly [Place, Probe][]): Traffic {
  const all = <T>(act: (probe: Probe) => Promise<T>): Promise<T[]> => Promise.all(probes.map(([, probe]) => act(probe)));
  return {
    phase: async (name) => void (await all((probe) => probe.phase(name))),
    requests: async (count) => {
      const share = count / probes.length;
      await all(async (probe) => {
        let before: number | undefined;
        await probe.reached(({ requests }) => {
          before ??= requests;
          return requests - before >= share;
        });
      });
    },
    lasted: async (ms) => void (await all((probe) => probe.reached(({ phaseMs }) => phaseMs >= ms))),
    shared: async (fresh, lives) => {
      const share = 1 / probes.length;
      await all((probe) => probe.reached((count) => count.fresh >= fresh * share && count.lives >= lives * share));
    },
    stop: async () => {
      await all((probe) => probe.reached(({ requests }) => requests >= MIN_REQUESTS / probes.length));
      const stopped = await Promise.all(probes.map(async ([place, probe]) => [place, await probe.stop()] as const));
      return stopped.flatMap(([place, phases]) => phases.flatMap((phase) => partsOf(place, phase)));
    },
  };
}

function partsOf(place: Place, { name, kinds }: Phase): Part[] {
  return Object.entries(kinds).map(([kind, report]) => ({ place, kind: kind as Kind, phase: name, report }));
}

/** Keeps the scenario's figures for the table, and expects that no request has failed and that there were enough of them. */
export function expectNothingFailed(scenario: string, parts: readonly Part[]): void {
  for (const its of Map.groupBy(parts, ({ place, kind }) => `${place} ${kind}`).values()) keepRow(rowOf(scenario, its));
  const failures = parts.flatMap(({ place, kind, phase, report }) =>
    report.failures.map(({ at, error }) => `${at} ${place} ${kind}, ${phase}: ${error.slice(0, 200)}`),
  );
  expect(failures).toEqual([]);
  expect(sum(parts.map(({ report }) => report.requests))).toBeGreaterThanOrEqual(MIN_REQUESTS);
}

/** All phases of one place and kind. */
function rowOf(scenario: string, parts: readonly Part[]): Row {
  const { place, kind } = parts[0]!;
  return {
    scenario,
    place,
    kind,
    requests: sum(parts.map(({ report }) => report.requests)),
    failed: sum(parts.map(({ report }) => report.failed)),
    longestGapMs: Math.max(...parts.map(({ report }) => report.longestGapMs)),
  };
}

/** Answers, connection lives and the last answer of a version, over the parts that are meant. */
export function countVersion(parts: readonly Part[], version: string) {
  const reports = parts.flatMap(({ report }) => report.versions[version] ?? []);
  return {
    answers: sum(reports.map(({ answers }) => answers)),
    lives: sum(reports.map(({ lives }) => lives)),
    lastAnswerMs: Math.max(0, ...reports.map(({ lastAnswerMs }) => lastAnswerMs)),
  };
}

/** All versions that have answered in the parts. */
export function versionsIn(parts: readonly Part[]): string[] {
  return [...new Set(parts.flatMap(({ report }) => Object.keys(report.versions)))].sort();
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
