import { describe, expect, it } from 'vitest';
import { turnDependencies } from '../test-app.ts';
import { createTestTools, IRIS } from '../test-tools.ts';
import { startConversation } from './converse.ts';

describe('a conversation in the terminal', () => {
  it('shows each call and the answer, remembers what was said, and asks before it writes', async () => {
    let printed = '';
    const asked: unknown[] = [];
    const answers = [false, true];
    const server = createTestTools(IRIS);
    const conversation = startConversation(
      turnDependencies({ server }),
      (text) => {
        printed += text;
      },
      async ({ toolName, input }, language) => {
        asked.push([toolName, input, language]);
        return answers.shift()!;
      },
    );
    const { signal } = new AbortController();
    await conversation.ask('petal length 1.4 and petal width 0.2', signal);
    expect(printed).toMatch(
      /^I have petal_length = 1.4, petal_width = 0.2. I still need sepal_length \(cm\) and sepal_width \(cm\).\n$/,
    );
    printed = '';
    await conversation.ask('5.1 and 3.5', signal);
    const call = '→ predict {"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}\n';
    expect(printed).toMatch(new RegExp(`^${call.replace(/[{}.]/g, '\\$&')}The model predicts setosa`));
    printed = '';
    await conversation.ask('it was in fact versicolor', signal);
    expect(printed).toBe('→ record-feedback {"request_id":"req-1","label":"versicolor"}\nYou refused; nothing was written.\n');
    expect(server.calls.map(({ name }) => name)).toEqual(['predict']);
    printed = '';
    await conversation.ask('en fait c’était une versicolor', signal);
    expect(printed).toContain('Enregistré : ');
    expect(server.calls.map(({ name }) => name)).toEqual(['predict', 'record-feedback']);
    const input = { request_id: 'req-1', label: 'versicolor' };
    expect(asked).toEqual([
      ['record-feedback', input, 'en'],
      ['record-feedback', input, 'fr'],
    ]);
  });
});
