/** Plays feedback into a prediction log, as an API that is asked and told would. */
import { recordFromSample } from '@iris/dataset';
import { createPredictionWriter, type PredictionStore } from '@iris/prediction-log';
import { createMemoryStore } from '@iris/prediction-log/memory';
import { systemClock } from '@iris/prediction-log/system-clock';
import type { Told, World } from './attacks.ts';

const CLOSE_MS = 10_000;

/** A log with these predictions, of which all that is told replaces what was told before. */
export async function fillLog({ base: { schema } }: World, feedback: readonly Told[]): Promise<PredictionStore> {
  const store = createMemoryStore();
  const writer = createPredictionWriter({ store, clock: systemClock, random: () => 0 });
  const { classes } = schema;
  const featureNames = schema.features.map(({ name }) => name);
  const source = { model: 'simulated', version: '1.0.0', instance: 'simulate-poisoning', featureNames, classes };
  const asked = new Map(feedback.map((told) => [told.requestId, told]));
  for (const [requestId, { sample, createdAt }] of asked) {
    writer.record({
      recordId: crypto.randomUUID(),
      requestId,
      createdAt,
      source,
      classIndex: 0,
      features: Object.values(recordFromSample(schema, sample)),
      probabilities: classes.map(() => 1 / classes.length),
    });
  }
  const { written } = await writer.close(CLOSE_MS);
  if (written !== asked.size) throw new Error(`${written} of ${asked.size} predictions are in the log`);
  for (const { requestId, label, source } of feedback) {
    await store.recordFeedback({ requestId, label: classes[label]!, source, replace: true });
  }
  return store;
}
