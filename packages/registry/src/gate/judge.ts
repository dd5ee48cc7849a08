/** The gate: whether a candidate may take the current model's place. */
import type { DatasetSchema } from '@iris/dataset';
import type { Check, CurrentFigures, FeedbackFigures, ModelFigures, PairedComparison, Verdict } from '../verdict.ts';
import { checkCosts, checkFloor, checkLogLoss, checkRecalls, type Floor } from './checks.ts';
import { GATE_LIMITS } from './limits.ts';
import { comparePaired, type PairedFold } from './paired-test.ts';
import { schemaDifferences } from './schema-differences.ts';

/** The current model, measured on the rows of the candidate's folds. */
export interface MeasuredCurrent {
  readonly figures: CurrentFigures;
  /** The candidate's figures on just the rows that the current model was measured on. */
  readonly candidate: ModelFigures;
  readonly folds: readonly PairedFold[];
  /** Rows of each class among those. */
  readonly classRows: Readonly<Record<string, number>>;
}

/** What the gate goes by. */
export interface GateEvidence {
  readonly candidate: ModelFigures;
  readonly floor: Floor;
  readonly schema: DatasetSchema;
  readonly evaluation: Verdict['evaluation'];
  /** Absent where none is in service. */
  readonly current?: {
    readonly name: string;
    /** Absent where its file cannot be read. */
    readonly schema?: DatasetSchema;
    /** The measurement, or why there can be none. */
    readonly measured: MeasuredCurrent | string;
  };
  /** Shown beside, and asked nothing of. */
  readonly feedback?: FeedbackFigures;
  readonly judgedAt: Date;
  readonly judgedBy: string;
}

/** Judges a candidate: by the floor alone where no model is in service, else against that model too. */
export function judge(evidence: GateEvidence): Verdict {
  const { candidate, floor, schema, evaluation, current, feedback, judgedAt, judgedBy } = evidence;
  const against = current && compareWithCurrent(schema, current);
  const checks = [...checkFloor(candidate, floor), ...(against?.checks ?? [])];
  return {
    formatVersion: 1,
    verdict: checks.every(({ passed }) => passed) ? 'passed' : 'refused',
    judgedAt: judgedAt.toISOString(),
    judgedBy,
    evaluation,
    candidate,
    current: against?.figures ?? null,
    comparison: against?.comparison ?? null,
    checks,
    ...(feedback && { feedback }),
  };
}

interface Comparison {
  readonly checks: readonly Check[];
  readonly figures?: CurrentFigures;
  readonly comparison?: PairedComparison;
}

function compareWithCurrent(
  schema: DatasetSchema,
  { name, schema: currentSchema, measured }: NonNullable<GateEvidence['current']>,
): Comparison {
  const schemaChecks = currentSchema === undefined ? [] : [checkSchema(name, schemaDifferences(currentSchema, schema))];
  if (schemaChecks.some(({ passed }) => !passed)) return { checks: schemaChecks };
  if (typeof measured === 'string') {
    const detail = `${measured}; npm run registry -- promote VERSION --reason … --force overrules the gate`;
    return { checks: [...schemaChecks, { name: `${name} on the same folds`, passed: false, detail }] };
  }
  const { figures, candidate, folds, classRows } = measured;
  const comparison = comparePaired(folds, GATE_LIMITS.alpha);
  return {
    figures,
    comparison,
    checks: [
      ...schemaChecks,
      ...checkLogLoss(comparison, figures.logLoss, GATE_LIMITS),
      ...checkRecalls(candidate.recall, figures.recall, classRows, GATE_LIMITS),
      ...checkCosts(candidate, figures, GATE_LIMITS),
    ],
  };
}

function checkSchema(name: string, differences: readonly string[]): Check {
  const passed = differences.length === 0;
  return { name: 'schema of the model in service', passed, detail: passed ? `as that of ${name}` : differences.join('; ') };
}
