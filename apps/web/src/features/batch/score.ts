/** Sends instances to the API as a stream of lines (NDJSON) and hands over its answers as they come. */
import { ApiProblem, type fetchAnswer } from '../../lib/api/client.ts';
import type { Instance, Prediction } from '../../lib/api/types.ts';
import type { RowAnswer } from './answers.ts';

export interface ScoreOptions {
  /** Whether the API keeps the predictions in its log. */
  readonly logged: boolean;
  readonly signal: AbortSignal;
  readonly fetchAnswer: typeof fetchAnswer;
  /** Called with the index of an instance and its answer, in order, each once. */
  readonly onAnswer: (index: number, answer: RowAnswer) => void;
}

type AnswerLine = { readonly line: number } & (
  | Prediction
  | { readonly error: { readonly errors: readonly { readonly pointer: string; readonly detail: string }[] } }
);

/**
 * Scores instances in one request.
 *
 * @throws ApiProblem when an answer is missing; those handed over before stay good, so that the caller goes on behind them.
 */
export async function scoreInstances(
  instances: readonly Instance[],
  { logged, signal, fetchAnswer, onAnswer }: ScoreOptions,
): Promise<void> {
  const answer = await fetchAnswer(logged ? '/api/predict/batch' : '/api/predict/batch?log=false', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: instances.map((instance) => `${JSON.stringify(instance)}\n`).join(''),
    signal,
  });
  let answered = 0;
  for await (const line of linesOf(answer, signal)) {
    const parsed = parseLine(line);
    if (parsed.line !== answered + 1) throw brokenOff();
    onAnswer(answered++, rowAnswer(parsed));
  }
  if (answered < instances.length) throw brokenOff();
}

/** The body's lines; a body that ends before its time is told as such. */
async function* linesOf({ body }: Response, signal: AbortSignal): AsyncGenerator<string> {
  const reader = body!.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw signal.aborted ? error : brokenOff();
    });
    // A last line without its end is a broken one.
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

function parseLine(line: string): AnswerLine {
  try {
    return JSON.parse(line) as AnswerLine;
  } catch {
    throw new ApiProblem('API_ANSWER_INVALID', 0, 'A line of the answer is not JSON.');
  }
}

function rowAnswer(parsed: AnswerLine): RowAnswer {
  if ('error' in parsed) {
    return { refused: parsed.error.errors.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`.trim()).join('; ') };
  }
  const { prediction, probabilities, model, version, request_id } = parsed;
  return { prediction, probabilities, model, version, request_id };
}

function brokenOff(): ApiProblem {
  return new ApiProblem('API_UNREACHABLE', 0, 'The answer ended before its end.');
}
