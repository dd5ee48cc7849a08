/** F3-4: what clients who send wrong feedback can do to the next model. `npm run simulate-poisoning` does the same with more trials. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SHARES } from '../../src/retrain/command-line.ts';
import { SCENARIOS } from './attacks.ts';
import { play, prepare, type Trial } from './simulate.ts';

const SEED = 2000;
const byOneClient = SCENARIOS.filter(({ attackers, withoutShares }) => attackers === 1 && !withoutShares);
const scenario = (start: string) => SCENARIOS.find(({ name }) => name.startsWith(start))!;

/** Accuracy on untouched rows that a model may lose and be taken for as good: of iris' 40 rows, one is 0.025. */
describe.each([
  ['churn', 'logreg', 0.01],
  ['iris', 'svm', 0.05],
] as const)('feedback for %s, %s', (dataset, model, tolerance) => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await prepare(dataset, model, SEED);
  });

  it.each(byOneClient)('of $name: brings no worse model past the gate', async (attack) => {
    const { taken, verdict, change } = await play(trial, attack);
    const honest = attack.name.includes('honest') ? 200 : 0;
    expect(taken).toBeLessThanOrEqual(DEFAULT_SHARES.source * trial.base.samples.length + honest);
    if (verdict === 'passed') expect(change).toBeGreaterThan(-tolerance);
    // What is refused is tiny too: the shares bound what the gate may overlook.
    expect(change).toBeGreaterThan(-3 * tolerance);
  });

  it('of honest clients: passes', async () => {
    expect((await play(trial, scenario('honest'))).verdict).toBe('passed');
  });
});

it.each(['one client contradicts', 'one client replaces'])('%s: it silences no more rows than its share', async (name) => {
  const trial = await prepare('churn', 'logreg', SEED);
  const honest = await play(trial, scenario('honest'));
  const { taken } = await play(trial, scenario(name));
  expect(honest.taken).toBe(200);
  expect(taken).toBe(200 - DEFAULT_SHARES.source * trial.base.samples.length);
});

it('many who agree do more harm, and so would one without the shares; of churn the gate refuses both', async () => {
  const trial = await prepare('churn', 'logreg', SEED);
  const [one, many, lifted] = await Promise.all(
    ['one client: one class', '20 clients: one class', 'one client, without the shares'].map((name) =>
      play(trial, scenario(name)),
    ),
  );
  expect(one!.change).toBeGreaterThan(-0.01);
  expect(many!.change).toBeLessThan(-0.05);
  expect(lifted!.change).toBeLessThan(-0.05);
  expect([many!.verdict, lifted!.verdict]).toEqual(['refused', 'refused']);
});
