/** What the rounds of an observation say together: totals, and shares over time. */
import { wilsonInterval } from '@iris/prediction-log/wilson-interval';
import type { AnswerCount, FailureKind } from '../../lib/api/traffic.ts';
import { countOf, type Tick } from './run.ts';

/** Widths of the chart's columns to choose from, in ms; a column holds several rounds, or shares would be too noisy to see. */
const WIDTHS_MS = [2, 5, 10, 20, 60, 120, 300].map((seconds) => seconds * 1000);
/** Most columns of the chart. */
const MAX_COLUMNS = 90;
/** What "now" means in the table. */
const RECENT_MS = 10_000;

/** A version of a model, as the probes told it; null while an instance has none. */
export type VersionName = Pick<AnswerCount, 'version' | 'model'>;

/** Totals of one version. */
export interface VersionTotal extends VersionName {
  readonly count: number;
  /** Share of all answers. */
  readonly share: number;
  /** Ends of the share's 95 % Wilson interval: each probe was a connection of its own. */
  readonly low: number;
  readonly high: number;
  /** Share of the answers of the last seconds; undefined without any. */
  readonly recent: number | undefined;
}

export interface InstanceTotal {
  readonly instance: string;
  /** Versions that it answered with, the first first. */
  readonly versions: readonly VersionName[];
  readonly count: number;
  readonly share: number;
}

export interface FailureTotal {
  readonly kind: FailureKind;
  readonly count: number;
}

/** One band of a column of the chart, between two shares of the column's requests. */
export interface Band {
  /** Ends of the column, ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Index into `versionsOf`; -1 for requests that failed. */
  readonly series: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The versions that answered, in the order in which they first did: an index, and so a colour, stays with its version. */
export function versionsOf(ticks: readonly Tick[]): readonly VersionName[] {
  const versions = new Map<string, VersionName>();
  for (const { answers } of ticks) {
    for (const { version, model } of answers) versions.set(nameKey({ version, model }), { version, model });
  }
  return [...versions.values()];
}

/** Totals by version, in the order of `versionsOf`. */
export function versionTotals(ticks: readonly Tick[]): VersionTotal[] {
  const last = ticks.at(-1)?.at ?? 0;
  const all = countByVersion(ticks);
  const recent = countByVersion(ticks.filter(({ at }) => at > last - RECENT_MS));
  const [total, recentTotal] = [sum(all), sum(recent)];
  return versionsOf(ticks).map((name) => {
    const count = all.get(nameKey(name)) ?? 0;
    const now = recentTotal === 0 ? undefined : (recent.get(nameKey(name)) ?? 0) / recentTotal;
    return { ...name, count, share: count / total, ...wilsonInterval(count, total), recent: now };
  });
}

/** Totals by instance, the busiest first. */
export function instanceTotals(ticks: readonly Tick[]): InstanceTotal[] {
  const answers = ticks.flatMap((tick) => tick.answers);
  const total = countOf(answers);
  const byInstance = Map.groupBy(answers, ({ instance }) => instance);
  const totals = [...byInstance].map(([instance, own]) => ({
    instance,
    versions: versionsOf([{ at: 0, held: 0, answers: own, failures: [] }]),
    count: countOf(own),
    share: countOf(own) / total,
  }));
  return totals.sort((a, b) => b.count - a.count || a.instance.localeCompare(b.instance));
}

/** Totals of what failed by kind, the most frequent first. */
export function failureTotals(ticks: readonly Tick[]): FailureTotal[] {
  const byKind = Map.groupBy(
    ticks.flatMap(({ failures }) => failures),
    ({ kind }) => kind,
  );
  return [...byKind].map(([kind, own]) => ({ kind, count: countOf(own) })).sort((a, b) => b.count - a.count);
}

/** The bands of the chart: columns of equal time, each filled by the shares of its requests. Columns without a request are left out. */
export function bandsOf(ticks: readonly Tick[]): Band[] {
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (!first || !last) return [];
  const width = WIDTHS_MS.find((ms) => (last.at - first.at) / ms < MAX_COLUMNS) ?? WIDTHS_MS.at(-1)!;
  const keys = versionsOf(ticks).map(nameKey);
  const columns = Map.groupBy(ticks, ({ at }) => first.at + Math.floor((at - first.at) / width) * width);
  return [...columns].flatMap(([from, own]) => bandsOfColumn(own, keys).map((band) => ({ ...band, from, to: from + width })));
}

function bandsOfColumn(ticks: readonly Tick[], keys: readonly string[]): Omit<Band, 'from' | 'to'>[] {
  const answers = countByVersion(ticks);
  const failed = countOf(ticks.flatMap(({ failures }) => failures));
  const total = sum(answers) + failed;
  let below = 0;
  const band = (series: number, count: number) => {
    const low = below;
    below += count;
    return { series, count, low: low / total, high: below / total };
  };
  const bands = [...keys.map((key, index) => band(index, answers.get(key) ?? 0)), band(-1, failed)];
  return bands.filter(({ count }) => count > 0);
}

function countByVersion(ticks: readonly Tick[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { answers } of ticks) {
    for (const answer of answers) counts.set(nameKey(answer), (counts.get(nameKey(answer)) ?? 0) + answer.count);
  }
  return counts;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, count) => all + count, 0);
}

function nameKey({ version, model }: VersionName): string {
  return JSON.stringify([version, model]);
}
