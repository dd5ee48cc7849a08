/** The log in memory: for tests, and the shortest statement of what a store does. */
import { decodeBatch } from './batch.ts';
import { isScanned } from './is-scanned.ts';
import { judge } from './judge.ts';
import { assertLimit, invalidCursor, pageOf } from './page-query.ts';
import { createPeriodTally } from './period-tally.ts';
import type {
  Feedback,
  JudgedPrediction,
  PredictionRecord,
  PredictionStore,
  ScannedPrediction,
  StoredPrediction,
} from './port.ts';
import { cleanText } from './record-json.ts';
import { scanEach } from './scan-each.ts';
import { createTally } from './tally.ts';

type Row = StoredPrediction & {
  readonly recordId: string;
  /** By source. */
  readonly told: Map<string | null, Told>;
};

type Told = Pick<JudgedPrediction, 'feedback' | 'changed'>;

/** An empty store; unbounded. */
export function createMemoryStore(): PredictionStore {
  const rows: Row[] = [];
  const known = new Set<string>();
  return {
    ready: async () => undefined,
    async append(batch) {
      for (const record of decodeBatch(batch)) {
        if (known.has(record.recordId)) continue;
        known.add(record.recordId);
        rows.push(toRow(record, rows.length + 1));
      }
    },
    async list({ limit, cursor, version, label }) {
      assertLimit(limit);
      const before = cursor === undefined ? rows.length : positionOf(cursor);
      const matches = (row: Row) =>
        (version === undefined || row.version === version) && (label === undefined || row.label === label);
      const found = rows.slice(0, before).filter(matches).reverse();
      return pageOf(found.slice(0, limit + 1).map(toStored), limit);
    },
    async count({ from, to }) {
      const tally = createTally();
      for (const { version, label, feedback } of rows.filter((row) => row.createdAt >= from && row.createdAt < to)) {
        tally.add(version, label, { predictions: 1, judged: Number(feedback !== null), correct: Number(feedback === label) });
      }
      return tally.counts();
    },
    async countByPeriod(query) {
      const tally = createPeriodTally(query);
      for (const { version, label, feedback, createdAt } of rows) {
        const [judged, correct] = [Number(feedback !== null), Number(feedback === label)];
        tally.add(createdAt, version, label, { predictions: 1, judged, correct });
      }
      return tally.counts();
    },
    async *scan(query) {
      const found = rows.filter((row) => isScanned(row, query)).reverse();
      yield found.slice(0, query.limit).map(toScanned);
    },
    scanNewest(spans, limit) {
      return scanEach((query) => this.scan(query), spans, limit);
    },
    async *scanFeedback({ from, to }) {
      yield rows.filter(({ createdAt }) => createdAt >= from && createdAt < to).flatMap(toJudged);
    },
    async recordFeedback(feedback) {
      const asked = cleanText(feedback.requestId);
      const [row, ...others] = rows.filter(({ requestId }) => requestId === asked);
      const outcome = judge({ found: row ? 1 + others.length : 0, before: row?.feedback ?? null }, feedback);
      if (row && outcome === 'kept' && row.feedback !== feedback.label) tell(row, feedback);
      return outcome;
    },
    close: async () => undefined,
  };
}

function toRow(record: PredictionRecord, position: number): Row {
  return { ...record, id: String(position), feedback: null, told: new Map() };
}

function tell(row: Row, { label, source: given }: Feedback): void {
  const source = given ?? null;
  const before = row.told.get(source);
  row.told.set(source, { feedback: label, changed: before !== undefined && (before.changed || before.feedback !== label) });
  Object.assign(row, { feedback: label });
}

function toStored({ recordId: _recordId, told: _told, ...stored }: Row): StoredPrediction {
  return { ...stored };
}

function toScanned({ label, features, probabilities }: Row): ScannedPrediction {
  return { label, features, probabilities };
}

function toJudged({ createdAt, features, told }: Row): JudgedPrediction[] {
  return Array.from(told, ([source, { feedback, changed }]) => ({ createdAt, features, feedback, source, changed }));
}

/** Number of rows older than the cursor's. */
function positionOf(cursor: string): number {
  if (!/^[1-9]\d{0,15}$/.test(cursor)) throw invalidCursor(cursor);
  return Number(cursor) - 1;
}
