/** One event of an OpenAI-compatible stream, as the SDK can read it: what servers write otherwise is put into the form that most use. */
import { isRecord } from '../tools/json-schema.ts';

const USUAL_REASONS = new Set(['stop', 'length', 'content_filter', 'tool_calls', 'function_call']);
/** Of Anthropic's API and of Mistral's behind gateways. */
const FINISH_REASONS: ReadonlyMap<string, string> = new Map([
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['tool_use', 'tool_calls'],
]);

type Json = Readonly<Record<string, unknown>>;

/** Gives an event the usual form; an error, in whatever form it comes, is `{error: {message}}`. */
export function repairChunk(value: unknown): Json {
  if (!isRecord(value)) return errorChunk('the server sent something that is no event of a chat');
  const fault = faultIn(value);
  if (fault !== undefined) return errorChunk(fault);
  // `error: null` beside an answer is none.
  const { error: _, ...chunk } = value;
  return { ...chunk, choices: Array.isArray(value.choices) ? value.choices.filter(isRecord).map(repairChoice) : [] };
}

/** An event that says what went wrong. */
export function errorChunk(message: string): Json {
  return { error: { message } };
}

/** OpenAI's and Ollama's `error`, vLLM's `object: "error"`, FastAPI's `detail`. */
export function faultIn({ error, object, message, detail, choices }: Json): string | undefined {
  if (typeof error === 'string') return error;
  if (isRecord(error)) return typeof error.message === 'string' ? error.message : JSON.stringify(error);
  if (object === 'error') return typeof message === 'string' ? message : 'error';
  if (choices === undefined && detail !== undefined) return typeof detail === 'string' ? detail : JSON.stringify(detail);
  return undefined;
}

function repairChoice(choice: Json): Json {
  const { delta, message, finish_reason, index } = choice;
  const said = isRecord(delta) ? delta : isRecord(message) ? message : {};
  return { index, delta: repairDelta(said), finish_reason: repairFinish(finish_reason) };
}

/** A reason that nobody knows is an end like others. */
function repairFinish(reason: unknown): string | null {
  if (typeof reason !== 'string' || reason === '') return null;
  return FINISH_REASONS.get(reason) ?? (USUAL_REASONS.has(reason) ? reason : 'stop');
}

function repairDelta({ tool_calls, function_call, reasoning_content, reasoning, content, ...delta }: Json): Json {
  const thinking = [reasoning_content, reasoning].find((text) => typeof text === 'string');
  const calls = Array.isArray(tool_calls) ? tool_calls : isRecord(function_call) ? [{ index: 0, function: function_call }] : [];
  return {
    ...delta,
    role: 'assistant',
    ...((typeof content === 'string' || Array.isArray(content)) && { content }),
    ...(thinking !== undefined && { reasoning_content: thinking }),
    ...(calls.length > 0 && { tool_calls: calls.filter(isRecord).map(repairCall) }),
  };
}

function repairCall(call: Json): Json {
  const called = isRecord(call.function) ? call.function : {};
  // Ollama's own form (ollama/ollama#6155): arguments as an object.
  const input = isRecord(called.arguments) ? JSON.stringify(called.arguments) : called.arguments;
  return { ...call, id: typeof call.id === 'string' ? call.id : null, function: { ...called, arguments: input } };
}
