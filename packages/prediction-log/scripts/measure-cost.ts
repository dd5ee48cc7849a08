/** Prints what logging costs the process that answers requests: CPU microseconds for each row, against a real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startTemporaryPostgres } from '@iris/local-postgres';
import { createPredictionWriter, type Prediction } from '@iris/prediction-log';
import { createPostgresStore } from '@iris/prediction-log/postgres';
import { systemClock } from '@iris/prediction-log/system-clock';

const ROWS_PER_SECOND = [5000, 20_000];
const RUN_MS = 4000;
const ROUNDS = 5;
const TICK_MS = 5;
const SOURCE = {
  model: 'rf',
  version: '0.1.0',
  instance: 'pod-1',
  featureNames: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
  classes: ['setosa', 'versicolor', 'virginica'],
};

const postgres = await startTemporaryPostgres();
const store = createPostgresStore({ connectionString: postgres.url, target: 'species' });
const writer = createPredictionWriter({ store, clock: systemClock, random: Math.random });

for (const rate of ROWS_PER_SECOND) {
  const costs: number[] = [];
  // The first round warms the compiler up.
  for (let round = 0; round <= ROUNDS; round++) {
    const without = await measure(rate, () => undefined);
    const logged = await measure(rate, (prediction) => writer.record(prediction));
    if (round > 0) costs.push(logged - without);
  }
  costs.sort((a, b) => a - b);
  const format = (cost = Number.NaN) => cost.toFixed(1);
  console.log(
    `${rate} rows/s: ${format(costs[ROUNDS >> 1])} µs CPU a row (median of ${ROUNDS}; ${format(costs[0])} to ${format(costs.at(-1))})`,
  );
}
console.log(writer.stats());
await writer.close(5000);
await store.close();
await postgres.stop();

/** CPU microseconds of this process for each row made and given to `take`, flush included. */
async function measure(rate: number, take: (prediction: Prediction) => void): Promise<number> {
  const start = performance.now();
  const before = process.cpuUsage();
  let rows = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = performance.now() - start) {
    for (const due = (elapsed / 1000) * rate; rows < due; rows++) take(makePrediction(rows));
    await sleep(TICK_MS);
  }
  await writer.flush();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / rows;
}

function makePrediction(n: number): Prediction {
  const cm = (factor: number) => ((n * factor) % 80) / 10;
  const votes = n % 100;
  return {
    recordId: crypto.randomUUID(),
    requestId: `request-${n}`,
    createdAt: new Date(),
    source: SOURCE,
    classIndex: 0,
    features: [cm(7), cm(11), cm(13), cm(3)],
    probabilities: [votes / 100, (100 - votes) / 100, 0],
  };
}
