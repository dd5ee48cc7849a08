import { describe, expect, it } from 'vitest';
import { answerApproval, ask, finishTurn, turnDependencies } from '../test-app.ts';
import { CHURN, createTestTools, SOIL } from '../test-tools.ts';

const CUSTOMER = { tenure_months: 12, num_complaints: 3, avg_session_minutes: 45.5, plan_type: 'premium', region: 'EU' };
const FIELD = { ph: 6.5, moisture: 30, colour: 'brown', organic_matter: 3, drainage: 'good' };

describe.each([
  [
    'churn',
    CHURN,
    CUSTOMER,
    ['12, 3, 45.5, premium, EU', 'a customer with 12 months of tenure, 3 complaints, sessions of 45.5 minutes, premium, EU'],
  ],
  ['churn', CHURN, CUSTOMER, ['ancienneté 12 mois, 3 plaintes, session moyenne 45,5 minutes, forfait premium, région EU']],
  [
    'churn',
    CHURN,
    { ...CUSTOMER, tenure_months: 24, num_complaints: 0 },
    ['since 2 years, no complaints, sessions of 45.5 min, premium plan, EU'],
  ],
  ['soil', SOIL, FIELD, ['6.5, 30, brown, 3, good', 'pH 6.5, moisture 30 %, colour brown, organic matter 3 %, drainage good']],
  ['soil', SOIL, FIELD, ['pH 6,5, humidité 30 %, couleur brune, matière organique 3 %, drainage bon']],
] as const)('the dataset %s, which the rules know by its tools’ schemas alone', (_name, schema, input, questions) => {
  it.each(questions)('is predicted from %j', async (question) => {
    const server = createTestTools(schema);
    const { text } = await finishTurn(turnDependencies({ server }), [ask(question)]);
    expect(server.calls).toEqual([{ name: 'predict', input }]);
    expect(text).toMatch(new RegExp(`(predicts|prédit) ${schema.classes[0]} \\(90[.,]0 %`));
  });
});

describe('a class that is a common word', () => {
  it('is understood in feedback, in either language', async () => {
    const server = createTestTools(CHURN);
    const turn = turnDependencies({ server });
    const first = await finishTurn(turn, [ask('12, 3, 45.5, premium, EU')]);
    for (const [question, label] of [
      ['no, it was in fact yes', 'yes'],
      ['en fait c’était oui', 'yes'],
      ['actually it was no', 'no'],
    ] as const) {
      const history = [ask('12, 3, 45.5, premium, EU'), first.answer, ask(question, 'feedback')];
      const asked = await finishTurn(turn, history);
      await finishTurn(turn, [...history, answerApproval(asked.answer, true)]);
      expect(server.calls.at(-1)).toEqual({ name: 'record-feedback', input: { request_id: 'req-1', label } });
    }
  });
});
