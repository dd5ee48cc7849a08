/** A verdict as the files in a version's folder. */
import type { Check, ModelFigures, Verdict } from './verdict.ts';
import { formatVerdict } from './verdict-markdown.ts';

/** The one that programs read. */
export const VERDICT_FILE = 'verdict.json';

/** Text of each file by its name: one for programs, one for people. */
export function verdictFiles(verdict: Verdict): Readonly<Record<string, string>> {
  return { [VERDICT_FILE]: `${JSON.stringify(verdict, null, 2)}\n`, 'verdict.md': formatVerdict(verdict) };
}

/** Whether what was read is a verdict, with all that people are shown of it. */
export function isVerdict(read: unknown): read is Verdict {
  if (!isObject(read)) return false;
  const { verdict, judgedAt, judgedBy, evaluation, candidate, current, comparison, checks } = read as Partial<Verdict>;
  const texts = [judgedAt, judgedBy, (evaluation as Partial<Verdict['evaluation']> | undefined)?.method];
  return (
    (verdict === 'passed' || verdict === 'refused') &&
    texts.every((text) => typeof text === 'string') &&
    areFigures(candidate) &&
    (current === null || (areFigures(current) && typeof current.name === 'string')) &&
    (comparison === null || isObject(comparison)) &&
    Array.isArray(checks) &&
    checks.every(isCheck)
  );
}

function areFigures(read: unknown): read is ModelFigures {
  if (!isObject(read)) return false;
  const { model, version, dataset, accuracy, logLoss, recall, calibrationError, latencyMs, bytes } =
    read as Partial<ModelFigures>;
  const numbers = [accuracy, logLoss, calibrationError, latencyMs, bytes, ...Object.values(recall ?? {})];
  return (
    [model, version, dataset].every((text) => typeof text === 'string') &&
    isObject(recall) &&
    numbers.every((number) => typeof number === 'number')
  );
}

function isCheck(read: unknown): read is Check {
  if (!isObject(read)) return false;
  const { name, passed, detail, measure } = read as Partial<Check>;
  const isMeasured = isObject(measure) && typeof measure.value === 'number' && typeof measure.bound === 'number';
  return (
    typeof name === 'string' && typeof passed === 'boolean' && typeof detail === 'string' && (measure === undefined || isMeasured)
  );
}

function isObject(read: unknown): read is object {
  return typeof read === 'object' && read !== null && !Array.isArray(read);
}
