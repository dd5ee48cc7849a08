/** From a table in numbers to the schema of a dataset: what each column is, and why. */
import { DatasetError } from '../errors.ts';
import { parseDatasetSchema } from '../parse-schema.ts';
import type { TableProfile } from '../profile/index.ts';
import type { CategoricalFeature } from '../schema.ts';
import { MAX_FEATURES } from '../schema-document.ts';
import { circumstancesOf } from './circumstances.ts';
import { decideColumn } from './column-decision.ts';
import { createMissingRule } from './missing-cells.ts';
import { classesOf, findTarget } from './target.ts';
import type { ColumnDecision, SchemaInference } from './types.ts';

/** What the table cannot say itself. */
export interface InferenceOptions {
  /** The column to predict, by its name. */
  readonly target: string;
  /** What the dataset is called, such as the file's name; an identifier is made of it. */
  readonly name: string;
  readonly unknownLevels?: CategoricalFeature['unknownLevels'];
}

/**
 * Infers a complete schema.
 *
 * @throws DatasetError `DATASET_TARGET_UNSUITABLE` when the target is not there or cannot be learned; `DATASET_ROWS_INVALID` when there is no
 * row, or no column is left to learn from, or more are than a model takes.
 */
export function inferSchema(profile: TableProfile, { target, name, unknownLevels }: InferenceOptions): SchemaInference {
  const column = findTarget(profile, target);
  requireRows(profile);
  const missingIn = createMissingRule(profile);
  const classes = classesOf(column, missingIn(column));
  const circumstances = circumstancesOf(profile);
  const decisions = profile.columns.map((each): ColumnDecision => {
    const decision = decideColumn(each, missingIn(each), circumstances, unknownLevels);
    if (each !== column) return decision;
    const { feature: _, ...rest } = decision;
    return { ...rest, isTarget: true, reason: `the target: ${classes.size} classes` };
  });
  const features = decisions.flatMap(({ feature }) => feature ?? []);
  requireFeatures(features.length, decisions);
  const missingTokens = [...new Set(decisions.flatMap((decision) => decision.missingTokens))].sort();
  const schema = parseDatasetSchema({
    name: identifierOf(name),
    description: `${column.name}, from ${features.length} column${features.length === 1 ? '' : 's'} of ${name}.`.slice(0, 1000),
    target: column.name,
    classes: [...classes.keys()],
    features,
    ...(missingTokens.length > 0 && { missingTokens }),
  });
  const rowsWithoutTarget = decisions.find(({ isTarget }) => isTarget)!.missing;
  const { decimalSign } = circumstances;
  return { schema, decisions, classCounts: [...classes.values()], decimalSign, rowsWithoutTarget };
}

function requireRows({ rows, faults: [fault] }: TableProfile): void {
  if (rows > 0) return;
  const first = fault ? `: line ${fault.line} ${fault.detail}` : '';
  throw tableProblem(`there is no row below the header that could be read${first}`);
}

function requireFeatures(count: number, decisions: readonly ColumnDecision[]): void {
  if (count > MAX_FEATURES) {
    throw tableProblem(`${count} columns could be learned from, and a model takes ${MAX_FEATURES}: leave some out of the file`);
  }
  if (count > 0) return;
  const reasons = decisions
    .filter(({ isTarget }) => !isTarget)
    .map(({ column, reason }) => `${JSON.stringify(column)}: ${reason}`);
  throw tableProblem(`no column is left to learn from: ${reasons.slice(0, 20).join('; ')}`);
}

function tableProblem(detail: string): DatasetError {
  return new DatasetError('DATASET_ROWS_INVALID', [{ where: 'file', detail }]);
}

/** A name of lower-case letters, digits and dashes, as images, databases and labels take it. */
function identifierOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  const identifier = plain
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return identifier === '' ? 'table' : identifier;
}
