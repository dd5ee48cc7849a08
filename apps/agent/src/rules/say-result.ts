/** Puts a tool's result into words. Everything told is in the result; nothing in it is read as words. */
import { isRecord } from '../tools/json-schema.ts';
import type { Call } from './conversation.ts';
import type { ExplainedFigures, Phrases } from './phrases/phrases.ts';

type Data = Readonly<Record<string, unknown>>;
type Say = (data: Data, phrases: Phrases, input: Data) => string | undefined;

/** Lines of a long list: the rest is in the result that clients show beside. */
const MAX_LINES = 20;
/** Features of an explanation that are told: one more is not worth a line that says so. */
const MAX_PARTS = 10;
/** Longest text of someone else's that is repeated. */
const MAX_QUOTED = 60;

const SAY: Readonly<Record<string, Say>> = {
  predict: sayPrediction,
  'predict-batch': sayBatch,
  'explain-prediction': sayExplanation,
  'record-feedback': sayRecorded,
  'list-predictions': sayList,
  'prediction-stats': sayStatistics,
  'compare-versions': sayComparison,
  'check-drift': sayDrift,
  'describe-model': sayModel,
};

/** The answer to a result. */
export function sayResult({ tool, input, isError, isRefused, data }: Call, phrases: Phrases): string {
  if (isRefused) return phrases.refused;
  if (isError) return sayError(data, phrases);
  return (isRecord(data) ? SAY[tool]?.(data, phrases, input) : undefined) ?? phrases.unreadable;
}

/** `CODE: what is wrong`, as the server tells it. */
function sayError(data: unknown, phrases: Phrases): string {
  if (isRecord(data)) return phrases.failed(text(data.code), text(data.detail));
  const [, code = 'ERROR', detail = ''] = /^([A-Z_]+): ([\s\S]*)$/.exec(String(data)) ?? [];
  return phrases.failed(code, detail || quote(String(data)));
}

function sayPrediction(data: Data, phrases: Phrases): string | undefined {
  const label = labelOf(data);
  if (label === undefined) return undefined;
  const shares = numbersOf(data.probabilities);
  const others = shares.filter(([name]) => name !== label).map(([name, share]) => `${name} ${phrases.percent(share)}`);
  const share = phrases.percent(shares.find(([name]) => name === label)?.[1] ?? 0);
  const warnings =
    Array.isArray(data.warnings) && data.warnings.length > 0 ? phrases.warned(data.warnings.map(text).join('; ')) : '';
  const id = typeof data.request_id === 'string' ? phrases.requestId(quote(data.request_id)) : '';
  return [phrases.predicted(label, share, others.join(', '), text(data.version)), warnings, id].filter(Boolean).join('\n');
}

function sayBatch(data: Data, phrases: Phrases): string | undefined {
  if (!Array.isArray(data.predictions)) return undefined;
  const lines = data.predictions
    .filter(isRecord)
    .map((each, index) => `${index + 1}. ${labelOf(each) ?? '?'} (${shareOf(each, phrases) ?? '?'})`);
  return phrases.batch(data.predictions.length, lines.slice(0, MAX_LINES).join('\n'));
}

function sayExplanation(data: Data, phrases: Phrases): string | undefined {
  const label = labelOf(data);
  if (label === undefined || !Array.isArray(data.contributions)) return undefined;
  const figures = figuresOf(data);
  const isMargin = figures === 'margin';
  const signed = (value: number) =>
    `${value >= 0 ? '+' : '−'}${isMargin ? phrases.decimal(Math.abs(value), 2) : phrases.decimal(100 * Math.abs(value), 1)}`;
  const parts = data.contributions
    .filter(isRecord)
    .map((each) => ({ ...each, change: numberOf(each.contributions, label) }) as Data & { readonly change: number })
    .sort((one, other) => Math.abs(other.change) - Math.abs(one.change))
    .map(({ feature, value, change }) => phrases.part(text(feature), writeValue(value, phrases), signed(change), figures));
  const told =
    parts.length > MAX_PARTS + 1 ? [...parts.slice(0, MAX_PARTS), phrases.otherParts(parts.length - MAX_PARTS)] : parts;
  const base = numberOf(data.base, label);
  const written = isMargin ? signed(base) : phrases.percent(base);
  return phrases.explained(label, shareOf(data, phrases) ?? '?', written, told.join('\n'), figures);
}

/** What the figures of an explanation are. */
function figuresOf({ explained }: Data): ExplainedFigures {
  return explained === 'share' || explained === 'margin' ? explained : 'probability';
}

function sayRecorded({ request_id, label }: Data, phrases: Phrases): string {
  return phrases.recorded(text(label), quote(text(request_id)));
}

function sayList(data: Data, phrases: Phrases): string | undefined {
  if (!Array.isArray(data.predictions)) return undefined;
  const rows = data.predictions.filter(isRecord);
  if (rows.length === 0) return phrases.noPredictions;
  const lines = rows.slice(0, MAX_LINES).map((row) => {
    const feedback = typeof row.feedback === 'string' ? row.feedback : undefined;
    return phrases.listLine(
      timeOf(row.created_at),
      labelOf(row) ?? '?',
      shareOf(row, phrases),
      text(row.version ?? '?'),
      feedback,
    );
  });
  return phrases.listed(lines.length, lines.join('\n'), typeof data.next_cursor === 'string' || rows.length > lines.length);
}

function sayStatistics(data: Data, phrases: Phrases): string {
  const classes = numbersOf(data.by_class).map(([name, count]) => `${name} ${count}`);
  return phrases.counted(
    Number(data.predictions ?? 0),
    timeOf(data.from),
    timeOf(data.to),
    classes.join(', '),
    sayVersions(data.by_version, phrases),
  );
}

function sayComparison(data: Data, phrases: Phrases): string {
  const versions = Array.isArray(data.versions) ? data.versions : [];
  const best = typeof data.best === 'string' ? data.best : undefined;
  return phrases.compared(sayVersions(versions, phrases), phrases.verdict(best, versions.length));
}

function sayVersions(versions: unknown, phrases: Phrases): string {
  if (!Array.isArray(versions)) return '';
  return versions
    .filter(isRecord)
    .map(({ version, predictions, accuracy, judged }) => {
      const estimate = isRecord(accuracy)
        ? `${phrases.percent(Number(accuracy.estimate))} (${phrases.percent(Number(accuracy.low))} – ${phrases.percent(Number(accuracy.high))})`
        : undefined;
      return phrases.version(text(version ?? '?'), Number(predictions), estimate, Number(judged ?? 0));
    })
    .join('\n');
}

function sayDrift(data: Data, phrases: Phrases): string | undefined {
  const { drift_by_columns: columns, verdict, rows } = data;
  if (!isRecord(columns) || typeof verdict !== 'string' || typeof rows !== 'number') return undefined;
  if (verdict === 'too few') return phrases.driftUnknown(rows, Number(data.min_rows ?? 0));
  const drifted = Object.values(columns)
    .filter(isRecord)
    .filter((column) => column.verdict === 'drift')
    .map(({ column_name, effect }) => `${text(column_name)} (${phrases.decimal(Number(effect), 2)})`);
  const found = phrases.drift(drifted.join(', '), rows, timeOf(data.from), timeOf(data.to));
  return [found, sayAccuracies(data.accuracy, phrases)].filter(Boolean).join('\n');
}

function sayAccuracies(accuracy: unknown, phrases: Phrases): string {
  if (!isRecord(accuracy) || typeof accuracy.estimated !== 'number') return '';
  const actual = isRecord(accuracy.actual) ? phrases.percent(Number(accuracy.actual.estimate)) : undefined;
  return phrases.expected(phrases.percent(accuracy.estimated), actual, Number(accuracy.judged ?? 0));
}

function sayModel(data: Data, phrases: Phrases): string | undefined {
  const { dataset, metrics } = data;
  if (!isRecord(dataset) || !Array.isArray(dataset.features) || !Array.isArray(dataset.classes)) return undefined;
  const accuracy = accuracyOf(metrics);
  return phrases.described({
    name: text(data.name),
    algorithm: text(data.algorithm),
    version: text(data.version),
    description: text(dataset.description ?? ''),
    features: dataset.features.filter(isRecord).map(describeFeature).join(', '),
    classes: dataset.classes.map(text).join(', '),
    accuracy: accuracy === undefined ? undefined : phrases.percent(accuracy),
  });
}

function describeFeature({ name, unit, levels }: Data): string {
  const of = Array.isArray(levels) ? levels.map(text).join('/') : unit === '1' || unit === undefined ? '' : text(unit);
  return of === '' ? text(name) : `${text(name)} (${of})`;
}

/** Accuracy on unseen samples: a number, or an estimate with its error. */
function accuracyOf(metrics: unknown): number | undefined {
  const accuracy = isRecord(metrics) ? metrics.accuracy : undefined;
  if (typeof accuracy === 'number') return accuracy;
  if (!isRecord(accuracy)) return undefined;
  return [accuracy.estimate, accuracy.mean, accuracy.value].find((value) => typeof value === 'number');
}

function labelOf({ prediction }: Data): string | undefined {
  return typeof prediction === 'string' ? prediction : undefined;
}

function shareOf(data: Data, phrases: Phrases): string | undefined {
  const label = labelOf(data);
  const share = label !== undefined && isRecord(data.probabilities) ? data.probabilities[label] : undefined;
  return typeof share === 'number' ? phrases.percent(share) : undefined;
}

/** Numbers by name, the largest first. */
function numbersOf(value: unknown): [string, number][] {
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .flatMap(([name, number]): [string, number][] => (typeof number === 'number' ? [[name, number]] : []))
    .sort(([, one], [, other]) => other - one);
}

function numberOf(value: unknown, name: string): number {
  const number = isRecord(value) ? value[name] : undefined;
  return typeof number === 'number' ? number : 0;
}

function timeOf(value: unknown): string {
  return text(value).slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}

/** A text that someone else wrote, on one line and not for ever. */
function quote(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}

function writeValue(value: unknown, phrases: Phrases): string {
  return typeof value === 'string' || typeof value === 'number' ? phrases.value(value) : '?';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '?';
}
