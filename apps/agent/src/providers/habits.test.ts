import { describe, expect, it } from 'vitest';
import {
  answersWhole,
  callEvents,
  event,
  type Habit,
  SAMPLE,
  SAYS,
  sayEvents,
  stream,
  told,
  toolCall,
  written,
} from '../test-language-server.ts';
import { turnWith } from '../test-language-turn.ts';

const INPUT = JSON.stringify(SAMPLE);

const bytesOf = (text: string) => [...new TextEncoder().encode(text)].map((byte) => Uint8Array.of(byte));
const splitUp = (text: string) => [...text].map((content) => event({ content }));
const finish = (reason = 'stop') => event({}, reason);

const FORMS: Readonly<Record<string, Habit>> = {
  'lines that end as in Windows': written((events) => stream(events, { lineEnd: '\r\n' })),
  'no space behind data:': written((events) => stream(events, { space: '' })),
  'comments before the first event and between them': written(
    (events) => `: OPENROUTER PROCESSING\n\n${stream(events).replaceAll('\n\n', '\n\n: ping\n\n')}`,
  ),
  'other fields than data': written((events) =>
    stream(events).replaceAll('data: {', 'id: 1\nretry: 10\nevent: message\ndata: {'),
  ),
  'no [DONE]': written((events) => stream(events, { done: false })),
  'a byte at a time': written((events) => bytesOf(stream(events))),
  'a mark of byte order': written((events) => `\uFEFF${stream(events)}`),
  'the content type text/plain': written((events) => stream(events), { 'content-type': 'text/plain' }),
  'the content type application/json for events': written((events) => stream(events), { 'content-type': 'application/json' }),
  'no content type': written((events) => stream(events), {}),
  'a document in the place of a stream': answersWhole,
  'a connection that stays open behind [DONE]': ({ hasResult }) => ({
    body: stream(hasResult ? sayEvents() : callEvents()),
    staysOpen: true,
  }),
};

const CALLS: Readonly<Record<string, object>> = {
  'no index': toolCall({ index: undefined }),
  'an empty id': toolCall({ id: '' }),
  'no id': toolCall({ id: undefined }),
  'a number for an id': toolCall({ id: 7 }),
  'type null': toolCall({ type: null }),
  'no type': toolCall({ type: undefined }),
  'arguments as an object (ollama/ollama#6155)': toolCall({}, { arguments: SAMPLE }),
  'arguments in a fence': toolCall({}, { arguments: `\`\`\`json\n${INPUT}\n\`\`\`` }),
  'arguments as a string in a string': toolCall({}, { arguments: JSON.stringify(INPUT) }),
  'arguments between spaces': toolCall({}, { arguments: `\n ${INPUT} \n` }),
  'a signature of Gemini': toolCall({ index: undefined, extra_content: { google: { thought_signature: 'SIG-1' } } }),
};

const pieces = (...deltas: readonly object[]) => [...deltas.map((each) => event({ tool_calls: [each] })), finish('tool_calls')];
const halves = [INPUT.slice(0, 20), INPUT.slice(20)] as const;

const EVENTS: Readonly<Record<string, Habit>> = {
  'arguments in pieces': told(
    pieces(toolCall({}, { arguments: '' }), ...[...INPUT].map((each) => ({ index: 0, function: { arguments: each } }))),
  ),
  'the name with each piece': told(pieces(toolCall({}, { arguments: halves[0] }), toolCall({}, { arguments: halves[1] }))),
  'an empty name and id with later pieces': told(
    pieces(toolCall({}, { arguments: '' }), { index: 0, id: '', type: 'function', function: { name: '', arguments: INPUT } }),
  ),
  'an event without choices first': told([{ choices: [], prompt_filter_results: [] }, ...callEvents()]),
  'an event without a list of choices': told([{ id: 'r' }, ...callEvents()]),
  'usage in a last event without choices': told([
    ...callEvents(),
    { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } },
  ]),
  'choices null': told([{ choices: null }, ...callEvents()]),
  'error null': told(callEvents().map((each) => ({ ...each, error: null }))),
  'no content': told([event({ tool_calls: [toolCall()] }), finish('tool_calls')]),
  'all that there is as null': told(
    callEvents(),
    sayEvents().map((each) => ({
      ...each,
      choices: [{ ...(each.choices as object[])[0], logprobs: null }],
      usage: null,
      system_fingerprint: null,
    })),
  ),
  'empty lists of calls beside words': told(callEvents(), [event({ content: SAYS, tool_calls: [] }), finish()]),
  'a role of its own': told([event({ role: 'model', tool_calls: [toolCall()] }), finish('tool_calls')]),
  'finish_reason stop for a call': told(callEvents([toolCall()], 'stop')),
  'an empty finish_reason': told(callEvents([toolCall()], ''), sayEvents(SAYS, '')),
  'no finish_reason': told([event({ tool_calls: [toolCall()] })], [event({ content: SAYS })]),
  'a finish_reason that nobody knows': told(callEvents([toolCall()], 'eos'), sayEvents(SAYS, 'eos')),
  'function_call, as before 2024': told([
    event({ function_call: { name: 'predict', arguments: INPUT } }),
    finish('function_call'),
  ]),
  reasoning_content: told(
    [event({ reasoning_content: 'virginica? ' }), ...callEvents()],
    [event({ reasoning_content: 'virginica' }), ...sayEvents()],
  ),
  reasoning: told([event({ reasoning: 'virginica? ' }), ...callEvents()]),
  'reasoning_content and reasoning, one null': told([
    event({ reasoning_content: null, reasoning: 'virginica' }),
    ...callEvents(),
  ]),
  'content in parts': told(callEvents(), [event({ content: [{ type: 'text', text: SAYS }] }), finish()]),
};

const THOUGHTS: Readonly<Record<string, readonly string[]>> = {
  'in a part of their own': ['<think>virginica is not it.</think>\n\n', SAYS],
  'with the answer in the same part': [`<think>Is it virginica?</think>${SAYS}`],
  'split up letter by letter': [...`<think>It is virginica.</think>\n\n${SAYS}`],
  'in another tag': [`<thinking>It is virginica.</thinking>${SAYS}`],
  'in capital letters': [`<THINK>It is virginica.</THINK>${SAYS}`],
  'that are empty': [`<think>\n\n</think>\n\n${SAYS}`],
  twice: [`<think>virginica</think>The model says <think>virginica</think>setosa (90.0 %).`],
};

describe('a language-model server with', () => {
  const habits = {
    ...FORMS,
    ...EVENTS,
    ...Object.fromEntries(Object.entries(CALLS).map(([name, call]) => [`a call with ${name}`, told(callEvents([call]))])),
  };
  it.each(Object.entries(habits))('%s is understood', async (_name, habit) => {
    const { text, reasons, calls } = await turnWith(habit);
    expect(reasons).toEqual([]);
    expect(calls).toEqual([{ name: 'predict', input: SAMPLE }]);
    expect(text).toBe(SAYS);
  });

  it.each(['', 'null', undefined])('a call without input, written as %j, is understood', async (input) => {
    const describe = toolCall({}, { name: 'describe-model', arguments: input });
    const { calls, reasons } = await turnWith(told(callEvents([describe])));
    expect(reasons).toEqual([]);
    expect(calls).toEqual([{ name: 'describe-model', input: {} }]);
  });

  it('two calls of the same id are two calls, in one answer and in two', async () => {
    const other = { ...SAMPLE, petal_width: 0.3 };
    const both = callEvents([toolCall({ id: 'c' }), toolCall({ id: 'c', index: 1 }, { arguments: JSON.stringify(other) })]);
    const { text, calls, asked } = await turnWith(({ count }) => ({
      body: stream([both, callEvents([toolCall({ id: 'c' })]), sayEvents()][count]!),
    }));
    expect(text).toBe(SAYS);
    expect(calls.map(({ input }) => input)).toEqual([SAMPLE, other, SAMPLE]);
    const last = asked.at(-1)!.body.messages;
    const ids = last.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
    expect(last.flatMap(({ tool_call_id: id }) => (id === undefined ? [] : [id]))).toEqual(ids);
  });
});

describe('thoughts in the text', () => {
  it.each(Object.entries(THOUGHTS))('%s are not the answer', async (_name, parts) => {
    const say = [...parts.map((content) => event({ content })), finish()];
    const call = [event({ content: '<think>setosa or virginica?</think>\n' }), ...callEvents()];
    const { text, texts, events } = await turnWith(told(call, say));
    expect(text).toBe(SAYS);
    expect(texts).toEqual([SAYS]);
    expect(events.filter(({ kind }) => kind === 'withheld claim')).toEqual([]);
  });

  it('whose beginning stands in the prompt are not the answer of a model that is known for it', async () => {
    const say = [...splitUp(`It is virginica.</think>\n${SAYS}`), finish()];
    const habit = told(callEvents(), say);
    expect((await turnWith(habit, { LLM_MODEL: 'deepseek-r1:8b' })).text).toBe(SAYS);
    expect((await turnWith(told(), { LLM_MODEL: 'deepseek-r1:8b' })).text).toBe(SAYS);
  });

  it('that do not end are no answer, and the reason is told', async () => {
    const { text, reasons } = await turnWith(told(callEvents(), [event({ content: '<think>virginica or' }), finish('length')]));
    expect(text).toContain('gave no answer');
    expect(reasons).toEqual([expect.stringContaining('MAX_STEP_TOKENS')]);
  });

  it('are told from a smaller-than sign', async () => {
    const { text } = await turnWith(told(callEvents(), [...splitUp('The width 0.2 < 1.4 <th, said of setosa.'), finish()]));
    expect(text).toBe('The width 0.2 < 1.4 <th, said of setosa.');
  });
});
