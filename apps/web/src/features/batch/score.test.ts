import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../lib/api/client.ts';
import type { RowAnswer } from './answers.ts';
import { scoreInstances } from './score.ts';

const INSTANCES = [{ height: 1 }, { height: 2 }, { height: 3 }];
const answer = (line: number) => ({
  line,
  prediction: 'tree',
  class_index: 1,
  probabilities: { herb: 0.25, tree: 0.75 },
  model: 'rf',
  version: '0.1.0',
  request_id: `r${line}`,
});
const row = (line: number): RowAnswer => {
  const { line: _line, class_index: _index, ...kept } = answer(line);
  return kept;
};
const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;

/** An answer whose body comes in these pieces; a piece that is an error breaks it off. */
function streamed(...pieces: readonly (string | Error)[]): Response {
  const encoder = new TextEncoder();
  let next = 0;
  return new Response(
    new ReadableStream({
      pull(controller) {
        const piece = pieces[next++];
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(encoder.encode(piece));
      },
    }),
  );
}

async function score(response: Response | Error, logged = false) {
  const answers: [number, RowAnswer][] = [];
  const requests: { path: string; body: unknown; type: string | null }[] = [];
  const outcome = await scoreInstances(INSTANCES, {
    logged,
    signal: new AbortController().signal,
    async fetchAnswer(path, init) {
      requests.push({ path, body: init?.body, type: new Headers(init?.headers).get('content-type') });
      if (response instanceof Error) throw response;
      return response;
    },
    onAnswer: (index, given) => answers.push([index, given]),
  }).then(
    () => 'done',
    (error: unknown) => (error as ApiProblem).code,
  );
  return { answers, requests, outcome };
}

describe('scoring instances', () => {
  it('sends a line for each, says whether to keep them, and hands the answers over in order', async () => {
    const whole = await score(streamed([1, 2, 3].map((line) => lineOf(answer(line))).join('')));
    expect(whole.outcome).toBe('done');
    expect(whole.answers).toEqual([1, 2, 3].map((line) => [line - 1, row(line)]));
    expect(whole.requests).toEqual([
      { path: '/api/predict/batch?log=false', body: '{"height":1}\n{"height":2}\n{"height":3}\n', type: 'application/x-ndjson' },
    ]);
    const { requests } = await score(streamed(), true);
    expect(requests[0]?.path).toBe('/api/predict/batch');
  });

  it('reads lines however they are cut', async () => {
    const text = [1, 2, 3].map((line) => lineOf(answer(line))).join('');
    const { answers, outcome } = await score(streamed(...text.split(/(?<=.{7})/s)));
    expect([answers.length, outcome]).toEqual([3, 'done']);
  });

  it('a row that the API refuses costs no other one', async () => {
    const errors = [
      { pointer: '/height', detail: 'must be <= 150' },
      { pointer: '', detail: 'is odd' },
    ];
    const { answers } = await score(
      streamed(lineOf(answer(1)), lineOf({ line: 2, error: { code: 'VALIDATION_FAILED', errors } }), lineOf(answer(3))),
    );
    expect(answers.map(([, given]) => given)).toEqual([row(1), { refused: 'height must be <= 150; is odd' }, row(3)]);
  });

  it.each([
    ['ends early', streamed(lineOf(answer(1)), lineOf(answer(2))), 'API_UNREACHABLE', 2],
    ['ends within a line', streamed(lineOf(answer(1)), lineOf(answer(2)), lineOf(answer(3)).slice(0, -1)), 'API_UNREACHABLE', 2],
    ['breaks off', streamed(lineOf(answer(1)), new TypeError('network error')), 'API_UNREACHABLE', 1],
    ['leaves a line out', streamed(lineOf(answer(1)), lineOf(answer(3))), 'API_UNREACHABLE', 1],
    ['is not JSON', streamed(lineOf(answer(1)), '<html>\n'), 'API_ANSWER_INVALID', 1],
    ['is a refusal', new ApiProblem('OVERLOADED', 503, ''), 'OVERLOADED', 0],
  ])('an answer that %s is a problem; what came before stays', async (_name, response, code, count) => {
    const { answers, outcome } = await score(response);
    expect([outcome, answers.length]).toEqual([code, count]);
  });
});
