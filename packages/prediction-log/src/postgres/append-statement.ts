/** One statement for a batch. Everything here runs in the process that answers requests: see the README for what a row costs. */
import type { PredictionRecord } from '../port.ts';

/**
 * Separates the values of a column: ASCII "unit separator". JSON escapes it, and `clean` keeps it out of text, so nothing else needs
 * escaping. An array literal would need every quote of the JSON escaped again.
 */
const SEPARATOR = '\u001f';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these two are what may not stand in a value: one for PostgreSQL, one for us
const UNSUITABLE = /[\0\u001f]/g;
const REPLACEMENT = '\ufffd';

/** Text of the statement; `target` is a quoted identifier. */
export function appendSql(target: string): string {
  const arrays = Array.from({ length: 9 }, (_, i) => `string_to_array($${i + 1}, E'\\x1f')`);
  // coalesce: string_to_array gives no element, not an empty one, for a batch of one empty text.
  return `
    INSERT INTO predictions (record_id, request_id, created_at, ${target}, model, version, features, probabilities, instance)
    SELECT record_id::uuid, coalesce(request_id, ''), to_timestamp(milliseconds::float8 / 1000), coalesce(label, ''), coalesce(model, ''),
           coalesce(version, ''), features::jsonb, probabilities::jsonb, coalesce(instance, '')
    FROM unnest(${arrays.join(', ')})
      AS batch (record_id, request_id, milliseconds, label, model, version, features, probabilities, instance)
    ON CONFLICT (record_id) DO NOTHING`;
}

/** Values of the statement's nine parameters. */
export function appendValues(records: readonly PredictionRecord[]): string[] {
  const first = records[0];
  if (!first) return Array.from({ length: 9 }, () => '');
  let [ids, requests, times, labels, models] = [
    first.recordId,
    clean(first.requestId),
    milliseconds(first),
    clean(first.label),
    clean(first.model),
  ];
  let [versions, features, probabilities] = [
    clean(first.version),
    JSON.stringify(first.features),
    JSON.stringify(first.probabilities),
  ];
  let instances = clean(first.instance);
  for (let i = 1; i < records.length; i++) {
    const record = records[i] as PredictionRecord;
    ids += SEPARATOR + record.recordId;
    requests += SEPARATOR + clean(record.requestId);
    times += SEPARATOR + milliseconds(record);
    labels += SEPARATOR + clean(record.label);
    models += SEPARATOR + clean(record.model);
    versions += SEPARATOR + clean(record.version);
    features += SEPARATOR + JSON.stringify(record.features);
    probabilities += SEPARATOR + JSON.stringify(record.probabilities);
    instances += SEPARATOR + clean(record.instance);
  }
  return [ids, requests, times, labels, models, versions, features, probabilities, instances];
}

/** Text that PostgreSQL can keep: NUL (which it refuses) and our separator become U+FFFD. */
export function clean(text: string): string {
  return text.search(UNSUITABLE) < 0 ? text : text.replace(UNSUITABLE, REPLACEMENT);
}

function milliseconds(record: PredictionRecord): string {
  return String(record.createdAt.getTime());
}
