import { describe, expect, it } from 'vitest';
import { turnDependencies } from '../test-app.ts';
import { startConversation } from './converse.ts';

describe('a conversation in the terminal', () => {
  it('shows each call and the answer, and remembers what was said', async () => {
    let printed = '';
    const conversation = startConversation(turnDependencies(), (text) => {
      printed += text;
    });
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
    expect(printed).toContain('→ record-feedback {"request_id":"req-1","label":"versicolor"}');
  });
});
