import { describe, expect, it } from 'vitest';
import {
  callEvents,
  event,
  type Habit,
  refusal,
  refusing,
  SAYS,
  sayEvents,
  startLanguageServer,
  stream,
  told,
  toolCall,
} from '../test-language-server.ts';
import { turnWith } from '../test-language-turn.ts';
import { adaptingFetch } from './adapting-fetch.ts';

const finish = (reason = 'stop') => event({}, reason);

describe('tokens', () => {
  const calling =
    (usage: object | undefined): Habit =>
    (request) => ({
      body: stream([event({ tool_calls: [toolCall({ id: `c${request.count}` })] }), event({}, 'tool_calls', { usage })]),
    });

  it('are asked for, and end the turn', async () => {
    const counts: Habit = (request) =>
      calling(
        request.body.stream_options?.include_usage ? { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 } : undefined,
      )(request);
    const { asked, events } = await turnWith(counts, { MAX_TOKENS: '20' });
    expect(asked).toHaveLength(2);
    expect(events).toContainEqual({ kind: 'ended', outcome: 'tokens' });
  });

  it.each([undefined, null, {}, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }])(
    'that are told as %j are estimated',
    async (usage) => {
      const { asked, events, text } = await turnWith(calling(usage as object | undefined), { MAX_TOKENS: '1000' });
      expect(asked.length).toBeLessThan(6);
      expect(events).toContainEqual({ kind: 'ended', outcome: 'tokens' });
      expect(text).toContain('I stop here');
    },
  );

  it('of an answer that is cut off: it says so', async () => {
    const { text } = await turnWith(told(callEvents(), sayEvents('The model says setosa, and', 'length')));
    expect(text).toMatch(/^The model says setosa, and.*ends here/s);
  });
});

describe('a server that takes no', () => {
  const unsupported = (parameter: string, instead = '') => ({
    error: {
      message: `Unsupported parameter: '${parameter}' is not supported with this model.${instead}`,
      type: 'invalid_request_error',
    },
  });

  it('max_tokens (vercel/ai#7863) is asked for max_completion_tokens, and not again otherwise', async () => {
    const { text, asked } = await turnWith(
      refusing((body) => body.max_tokens !== undefined, 400, unsupported('max_tokens', " Use 'max_completion_tokens' instead.")),
    );
    expect(text).toBe(SAYS);
    expect(asked.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [4096, undefined],
      [undefined, 4096],
      [undefined, 4096],
    ]);
  });

  it.each(['stream_options', 'tool_choice'] as const)('%s is asked without', async (parameter) => {
    const { text, asked } = await turnWith(
      refusing((body) => body[parameter] !== undefined, 422, { detail: unsupported(parameter) }),
    );
    expect(text).toBe(SAYS);
    expect(asked).toHaveLength(3);
  });
});

it('two requests that are refused at the same time are both asked again, and the difference is told once', async () => {
  const server = await startLanguageServer(
    refusing((body) => body.tool_choice !== undefined, 400, { error: { message: 'tool_choice is not supported' } }),
  );
  const learnt: string[] = [];
  const ask = adaptingFetch((dialect) => learnt.push(dialect));
  const body = JSON.stringify({ model: 'm', messages: [], tool_choice: 'auto' });
  const answers = await Promise.all([1, 2].map(() => ask(server.url, { method: 'POST', body })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(learnt).toEqual(['no tool_choice']);
  server.close();
});

describe('the reason of a failure is told where', () => {
  const FAILURES: readonly (readonly [string, Habit, RegExp])[] = [
    [
      'the model takes no tools (Ollama)',
      refusing((body) => body.tools !== undefined, 400, {
        error: { message: 'registry.ollama.ai/library/gemma does not support tools' },
      }),
      /^m takes no tools here.*gemma does not support tools/,
    ],
    [
      'the server was started without a parser for tools (vLLM)',
      () =>
        refusal(400, {
          object: 'error',
          message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
          code: 400,
        }),
      /^m takes no tools here/,
    ],
    [
      'the model is unknown',
      () => refusal(404, { error: { message: 'model "m" not found' } }),
      /has no such model \(m\).*404.*model "m" not found/,
    ],
    ['the path is unknown', () => refusal(404, { detail: 'Not Found' }), /no such address \(404\)/],
    [
      'the key is refused',
      () => refusal(401, { error: { message: 'Incorrect API key provided: key-1' } }),
      /refuses the key \(401\): .*\[redacted\]/,
    ],
    [
      'an error stands in the stream',
      told([event({ content: '' }), { error: { message: 'Overloaded', code: 502 } }]),
      /^Overloaded$/,
    ],
    ['the error is a text', told([{ error: 'out of memory' }]), /^out of memory$/],
    ['the error is an object of its own (vLLM)', told([{ object: 'error', message: 'too long', code: 400 }]), /^too long$/],
    [
      'the error comes with status 200 (LM Studio)',
      () => refusal(200, { error: 'Unexpected endpoint or method. (POST /)' }),
      /Unexpected endpoint/,
    ],
    [
      'a web page answers',
      () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><h1>Welcome</h1>' }),
      /a web page answers.*LLM_BASE_URL/,
    ],
    ['the answer is no JSON', () => ({ body: 'data: hello\n\n' }), /not JSON/],
    ['the answer is empty', () => ({ body: '' }), /without a finish reason/],
    ['nothing is said', told([finish()]), /gave no answer/],
    ['a call has no name', told(callEvents([toolCall({}, { name: undefined })])), /name/],
  ];

  it.each(FAILURES)('%s', async (_name, habit, reason) => {
    const { text, reasons, calls } = await turnWith(habit, { LLM_API_KEY: 'key-1' });
    expect(calls).toEqual([]);
    expect(text).toContain('cannot be reached or gave no answer');
    expect(reasons[0]).toMatch(reason);
    expect(reasons.join()).not.toContain('key-1');
  });

  it('nobody listens', async () => {
    const { url, close } = await startLanguageServer(told());
    close();
    const { reasons } = await turnWith(told(), { LLM_BASE_URL: url });
    expect(reasons).toEqual([expect.stringMatching(/cannot be reached at http:.*ECONNREFUSED/)]);
  });
});

describe('a server that asks to wait', () => {
  it.each([429, 503])('with %i is asked again when it says', async (status) => {
    const habit: Habit = (request) =>
      request.count === 0 ? refusal(status, { error: { message: 'wait' } }, { 'retry-after': '0' }) : told()(request);
    const { text, asked } = await turnWith(habit);
    expect(text).toBe(SAYS);
    expect(asked).toHaveLength(3);
  });
});

describe('the address', () => {
  it.each(['', '/', '/v1', '/v1/', '/v1//', '/v1/chat/completions', '/v1/chat/completions/'])(
    'with %j behind the host is understood',
    async (path) => {
      const { text, asked } = await turnWith(told(), {}, path);
      expect(text).toBe(SAYS);
      expect(asked[0]!.path).toBe('/v1/chat/completions');
    },
  );

  it('keeps a path of its own', async () => {
    expect((await turnWith(told(), {}, '/openai/v4/')).asked[0]!.path).toBe('/openai/v4/chat/completions');
  });
});
