import { describe, expect, it } from 'vitest';
import { ask, finishTurn, turnDependencies } from '../test-app.ts';
import { createTestTools, IRIS } from '../test-tools.ts';

const CLEAN = {
  from: '2026-11-20T12:00',
  to: '2026-11-21T12:00',
  rows: 60,
  verdict: 'none',
  drift_by_columns: {},
  accuracy: { estimated: 0.9, judged: 0, actual: null },
};
const QUESTIONS = ['is there drift?', 'y a-t-il une dérive ?'] as const;

async function answers(result?: object): Promise<string[]> {
  const server = createTestTools(IRIS, result && { 'check-drift': () => result });
  const turns = QUESTIONS.map((question) => finishTurn(turnDependencies({ server }), [ask(question)]));
  const texts = (await Promise.all(turns)).map(({ text }) => text);
  expect(server.calls).toEqual([
    { name: 'check-drift', input: {} },
    { name: 'check-drift', input: {} },
  ]);
  return texts;
}

describe('asked for drift, the rules', () => {
  it('name the columns that drift, by how much, and both accuracies', async () => {
    const [english, french] = await answers();
    expect(english).toContain('Drift: petal_width (0.87). The 500 predictions from 2026-11-20 12:00 to 2026-11-21 12:00 differ');
    expect(english).toContain('90.0 % should be right; of 40 judged, 87.5 % were.');
    expect(english).not.toContain('petal_length');
    expect(french).toContain(
      'Dérive : petal_width (0,87). Là, les 500 prédictions du 2026-11-20 12:00 au 2026-11-21 12:00 diffèrent',
    );
    expect(french).toContain('90,0 % devraient être justes ; sur 40 jugées, 87,5 % l’étaient.');
  });

  it('say that there is none, and nothing of accuracy that nobody has measured', async () => {
    const [english, french] = await answers(CLEAN);
    expect(english).toBe(
      'No drift: the 60 predictions from 2026-11-20 12:00 to 2026-11-21 12:00 look like the training data.\nBy the probabilities, 90.0 % should be right.',
    );
    expect(french).toContain('Pas de dérive : les 60 prédictions');
  });

  it('say when there are too few, and when the answer has a form they do not know', async () => {
    const [english, french] = await answers({ ...CLEAN, rows: 12, min_rows: 50, verdict: 'too few' });
    expect(english).toBe('Too few predictions to tell of drift: 12, and 50 are needed.');
    expect(french).toBe('Trop peu de prédictions pour parler de dérive : 12, et il en faut 50.');
    expect((await answers({ verdict: 'drift' }))[0]).toContain('a form that I do not know');
  });
});
