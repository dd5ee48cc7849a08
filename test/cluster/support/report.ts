/** The figures of all scenarios, as a table for `k8s/README.md`. Files carry them, since each test file is a process of its own. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../probe/probe.ts';
import { REPORTS } from './artifacts.ts';

/** One scenario as one kind of client saw it. */
export interface Row {
  readonly scenario: string;
  readonly place: 'outside' | 'pod';
  readonly kind: Kind;
  readonly requests: number;
  readonly failed: number;
  readonly longestGapMs: number;
}

/** Something else that was measured: a share, a delay. */
interface Figure {
  readonly scenario: string;
  readonly figure: string;
}

const FILE = join(REPORTS, 'figures.jsonl');
const KIND_NAMES: Record<Kind, string> = {
  fresh: 'a new connection each',
  keepAlive: 'kept connections',
  slow: 'slow bodies',
};
const PLACE_NAMES = { outside: 'node port', pod: 'pod' };

/** Keeps and prints one row. */
export function keepRow(row: Row): void {
  keep(row, rowLine(row));
}

/** Keeps and prints one figure. */
export function keepFigure(scenario: string, figure: string): void {
  keep({ scenario, figure } satisfies Figure, `${scenario}: ${figure}`);
}

function keep(line: object, text: string): void {
  appendFileSync(FILE, `${JSON.stringify(line)}\n`);
  process.stdout.write(`${text}\n`);
}

/** What the run has kept so far. */
export function readRows(): (Row | Figure)[] {
  if (!existsSync(FILE)) return [];
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Markdown: the table, then the other figures. */
export function reportOf(kept: readonly (Row | Figure)[]): string {
  const rows = kept.filter((line): line is Row => 'kind' in line);
  const figures = kept.filter((line): line is Figure => 'figure' in line);
  return [
    '| scenario | clients | requests | failed | longest gap |',
    '|---|---|---:|---:|---:|',
    ...rows.map(rowLine),
    '',
    ...figures.map(({ scenario, figure }) => `- ${scenario}: ${figure}`),
    '',
  ].join('\n');
}

function rowLine({ scenario, place, kind, requests, failed, longestGapMs }: Row): string {
  const clients = `${PLACE_NAMES[place]}, ${KIND_NAMES[kind]}`;
  return `| ${scenario} | ${clients} | ${requests} | ${failed} | ${Math.round(longestGapMs)} ms |`;
}
