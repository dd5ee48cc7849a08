/** A prediction log that is the same wherever it is made: samples near the reference samples, answered by three versions, most of them judged. */
import pg from 'pg';
import type { ApiProcess } from '../../test/e2e/support/api-process.ts';

const ROWS = 96;
/** Rows between one sample and the next: coprime to 150, so that classes alternate. */
const STRIDE = 47;
/** How far a value lies from a reference sample's at most, in its unit. */
const JITTER = 0.9;
/** Of so many rows, one has no feedback; nor have the newest few. */
const UNJUDGED_EVERY = 4;
const NEWEST_UNJUDGED = 3;

interface References {
  readonly features: readonly string[];
  readonly samples: readonly (readonly number[])[];
  readonly labels: readonly string[];
}

/**
 * Fills the log through the API, and then sets its clock.
 *
 * @param apis one for each version; of four predictions the first answers two.
 */
export async function fillLog(apis: readonly ApiProcess[], databaseUrl: string): Promise<void> {
  const { features, samples, labels } = await apis[0]!.read<References>('/samples');
  const random = seededRandom(7);
  for (let row = 0; row < ROWS; row++) {
    const sample = samples[(row * STRIDE) % samples.length]!;
    const values = sample.map((value) => Math.max(0.1, Number((value + (random() - 0.5) * JITTER).toFixed(1))));
    const requestId = `sample-${String(row + 1).padStart(3, '0')}`;
    const instance = { ...Object.fromEntries(features.map((name, index) => [name, values[index]])), request_id: requestId };
    const api = apis[Math.max(0, (row % 4) - 1) % apis.length]!;
    await expectOk(api.post('/predict', instance));
    // Feedback waits until the row is written, so that the versions' rows alternate in the log.
    await expectOk(api.post('/feedback', { request_id: requestId, label: labels[(row * STRIDE) % samples.length] }));
  }
  await Promise.all(apis.map((api) => api.terminate()));
  await rewriteTime(databaseUrl);
}

/** A prediction every 7 minutes, up to a day in March; some, the newest among them, are left for a reader to judge. */
async function rewriteTime(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `UPDATE predictions SET
       created_at = timestamptz '2026-03-14 15:09:26+00' - (${ROWS} - id) * interval '7 min 13 s',
       feedback = CASE WHEN id % ${UNJUDGED_EVERY} = 1 OR id > ${ROWS - NEWEST_UNJUDGED} THEN NULL ELSE feedback END`,
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
