/** What was decided of a table, as text. */
import type { Feature } from '@iris/dataset';
import type { ColumnDecision, SchemaInference } from '@iris/dataset/infer';
import type { TableProfile } from '@iris/dataset/profile';
import { describeFormat, describeProblems } from '../describe-problems.ts';

const HEADER = ['column', 'is', 'range or levels', 'missing', 'why'];
/** Wider cells are cut: who wants to know more looks into the schema. */
const MAX_WIDTHS = [32, 11, 48, 20, 200];

/** A table with a line for each column of the file. */
export function formatDecisions(profile: TableProfile, inference: SchemaInference): string {
  const rows = inference.decisions.map((decision) => rowOf(decision, inference, profile.rows));
  const table = [HEADER, ...rows.map((row) => row.map((cell, column) => shortened(cell, MAX_WIDTHS[column]!)))];
  const widths = HEADER.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function rowOf(decision: ColumnDecision, inference: SchemaInference, rows: number): string[] {
  const { column, feature, isTarget, missing, missingTokens, reason } = decision;
  const kind = isTarget ? 'target' : (feature?.kind ?? 'left out');
  return [
    column,
    kind,
    isTarget ? describeClasses(inference) : describeValues(feature),
    describeMissing(missing, missingTokens, rows),
    reason,
  ];
}

function describeClasses({ schema, classCounts }: SchemaInference): string {
  return schema.classes.map((name, index) => `${name} ${formatCount(classCounts[index]!)}`).join(', ');
}

function describeValues(feature: Feature | undefined): string {
  if (!feature) return '';
  if (feature.kind === 'date') return `${feature.observed.min} to ${feature.observed.max}`;
  if (feature.kind === 'numeric') return `${formatNumber(feature.observed.min)} to ${formatNumber(feature.observed.max)}`;
  const { levels } = feature;
  return `${levels.length > FEW_LEVELS ? `${levels.length}: ` : ''}${levels.join(', ')}`;
}

const FEW_LEVELS = 5;
const SHOWN_DIGITS = 6;

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(SHOWN_DIGITS)));
}

function describeMissing(missing: number, tokens: readonly string[], rows: number): string {
  if (missing === 0) return '';
  const share = (100 * missing) / rows;
  const percent = share < 1 ? '< 1 %' : `${Math.round(share)} %`;
  return `${percent}${tokens.length > 0 ? ` (${tokens.join(', ')})` : ''}`;
}

/** How much was read, and what is learned from. */
export function formatSummary(
  { rows, columns, format }: TableProfile,
  { schema, decisions, classCounts, decimalSign }: SchemaInference,
): string {
  const leftOut = decisions.filter(({ feature, isTarget }) => !feature && !isTarget).length;
  const found = describeFormat({ ...format, decimalSign });
  const lines = [
    `${formatCount(rows, 'row')} and ${formatCount(columns.length, 'column')}${found ? `, read as ${found}` : ''}`,
    `${formatCount(schema.features.length, 'feature')}, ${formatCount(leftOut, 'column')} left out, ${classCounts.length} classes`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What a person should know before training. */
export function formatWarnings(path: string, { faultyRows, faults }: TableProfile, inference: SchemaInference): string {
  return `${describeUnlabelled(inference)}${describeFaults(path, faultyRows, faults)}`;
}

function describeUnlabelled({ schema, rowsWithoutTarget: count }: SchemaInference): string {
  if (count === 0) return '';
  const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${formatCount(count, 'row')} without ${schema.target} ${are} left out: nothing can be learned from ${them}\n`;
}

function describeFaults(path: string, count: number, faults: TableProfile['faults']): string {
  if (count === 0) return '';
  const are = count === 1 ? 'it is' : 'they are';
  const problems = faults.map(({ column, ...fault }) => ({ where: column ?? 'row', ...fault }));
  const more = count > faults.length ? `and ${count - faults.length} more\n` : '';
  return (
    `${formatCount(count, 'row')} cannot be read, and training will refuse the file until ${are} mended:\n` +
    `${describeProblems(path, problems)}\n${more}`
  );
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** `1,234 rows`, or the number alone. */
function formatCount(count: number, noun?: string): string {
  const number = count.toLocaleString('en');
  return noun === undefined ? number : `${number} ${noun}${count === 1 ? '' : 's'}`;
}
