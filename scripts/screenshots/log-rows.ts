/** A prediction log that is the same wherever it is made: samples near the reference samples, most of them judged. */
import pg from 'pg';
import type { ApiProcess } from '../../test/e2e/support/api-process.ts';

/** When the newest of them was asked for. */
export const NEWEST_AT = '2026-03-14T15:09:26Z';
/** Rows between one sample and the next: coprime to 150, so that classes alternate. */
const STRIDE = 47;
/** How far a value lies from a reference sample's at most, in its unit, times two. */
const JITTER = 0.9;
/** Of so many rows, one has no feedback; nor have the newest few. */
const UNJUDGED_EVERY = 4;
const NEWEST_UNJUDGED = 3;

interface References {
  readonly features: readonly string[];
  readonly samples: readonly (readonly number[])[];
  readonly labels: readonly string[];
}

/** Some of the rows of a log, half-open. */
export interface SentRows {
  readonly from: number;
  readonly to: number;
  /** Which API answers a row. */
  readonly apiOf: (row: number) => ApiProcess;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Has rows predicted and judged. */
export async function sendRows({ from, to, apiOf, headers = {} }: SentRows): Promise<void> {
  const answer = await apiOf(from).get('/samples', headers);
  const rows = rowsNear((await answer.json()) as References, to);
  for (let row = from; row < to; row++) {
    const { instance, feedback } = rows[row]!;
    await expectOk(apiOf(row).post('/predict', instance, headers));
    // Feedback waits until the row is written, so that the versions' rows alternate in the log.
    await expectOk(apiOf(row).post('/feedback', feedback, headers));
  }
}

/** The first rows of the log, always the same. */
function rowsNear({ features, samples, labels }: References, count: number) {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, row) => {
    const place = (row * STRIDE) % samples.length;
    const request_id = `sample-${String(row + 1).padStart(3, '0')}`;
    const values = samples[place]!.map((value) => Math.max(0.1, Number((value + (random() - 0.5) * JITTER).toFixed(1))));
    const named = Object.fromEntries(features.map((name, index) => [name, values[index]]));
    return { instance: { ...named, request_id }, feedback: { request_id, label: labels[place] } };
  });
}

/** Sets the log's clock: a row every so often, up to `NEWEST_AT`; some, the newest among them, are left for a reader to judge. */
export async function rewriteTime(connectionString: string, rows: number, every: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `UPDATE predictions SET
       created_at = timestamptz '${NEWEST_AT}' - (${rows} - id) * $1::interval,
       feedback = CASE WHEN id % ${UNJUDGED_EVERY} = 1 OR id > ${rows - NEWEST_UNJUDGED} THEN NULL ELSE feedback END`,
    [every],
  );
  await client.end();
}

async function expectOk(answer: Promise<Response>): Promise<void> {
  const { ok, status } = await answer;
  if (!ok) throw new Error(`the API answered ${status}`);
}

/** Numbers from 0 to 1, the same for each seed: a linear congruential generator (Numerical Recipes). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
