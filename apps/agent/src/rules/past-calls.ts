/** What earlier calls of the conversation gave, as far as later messages refer to it. */
import { isRecord } from '../tools/json-schema.ts';
import type { Call } from './conversation.ts';
import type { Values } from './read-values.ts';

/** The sample of the last prediction or explanation. */
export interface LastPrediction {
  readonly input: Values;
}

/** A prediction that feedback can be given on. */
export interface JudgedPrediction {
  readonly requestId: string;
  readonly prediction: string | undefined;
}

const TAKES_SAMPLE = new Set(['predict', 'explain-prediction']);
/** Letters and digits joined: what no number, word or version looks like. */
const ID = String.raw`(?=[\w-]*\d)(?=[\w-]*[a-z])[a-z0-9]+(?:[-_][a-z0-9]+)+`;
const BARE_ID = new RegExp(String.raw`(?<![\w.-])${ID}(?![\w-])`, 'i');
/** Behind a word for it an identifier may have any form that has a digit. */
const NAMED_ID =
  /\b(?:request|id|identifi(?:ant|er)|requ[eê]te|prediction|pr[eé]diction)\b(?:\s+(?:id|de|is|est|requ[eê]te|request|number|num[eé]ro))*\s*[:#=]?\s*["'«`]?\s?((?=[\w.:-]*\d)(?:[a-z]|\d+[a-z])[\w.:-]*\w)/i;
const ORDINALS: readonly RegExp[] = [
  /\b(?:first|1st|premi[eè]re?|1[eè]re?|1er)\b/i,
  /\b(?:second|2nd|deuxi[eè]me|seconde?|2e|2[eè]me)\b/i,
  /\b(?:third|3rd|troisi[eè]me|3e|3[eè]me)\b/i,
];

/** The request id that a text names as one. */
export function requestIdIn(text: string): string | undefined {
  return NAMED_ID.exec(text)?.[1];
}

/** The last sample that was predicted or explained. */
export function lastPrediction(calls: readonly Call[]): LastPrediction | undefined {
  const last = calls.findLast(({ tool, isError }) => TAKES_SAMPLE.has(tool) && !isError);
  if (!last) return undefined;
  const { request_id: _, ...input } = last.input;
  return { input: input as Values };
}

/** The prediction that a feedback is about: the one whose id the text names, else the last of the conversation. */
export function judgedPrediction(text: string, calls: readonly Call[]): JudgedPrediction | undefined {
  const named = requestIdIn(text) ?? BARE_ID.exec(text)?.[0];
  const known = calls.flatMap(predictionsOf);
  if (named !== undefined)
    return known.findLast(({ requestId }) => requestId === named) ?? { requestId: named, prediction: undefined };
  const place = ORDINALS.findIndex((ordinal) => ordinal.test(text));
  return (place >= 0 ? known[place] : undefined) ?? known.at(-1);
}

/** The predictions that a call answered, the last of them last. */
function predictionsOf({ tool, isError, data }: Call): JudgedPrediction[] {
  if (isError || !isRecord(data)) return [];
  if (tool === 'predict') return [data].flatMap(toJudged);
  // Newest first in the list.
  if (tool === 'list-predictions' && Array.isArray(data.predictions)) return data.predictions.flatMap(toJudged).reverse();
  return tool === 'predict-batch' && Array.isArray(data.predictions) ? data.predictions.flatMap(toJudged) : [];
}

function toJudged(value: unknown): JudgedPrediction[] {
  if (!isRecord(value) || typeof value.request_id !== 'string') return [];
  return [{ requestId: value.request_id, prediction: typeof value.prediction === 'string' ? value.prediction : undefined }];
}

/** The cursor of the page after the last one listed. */
export function nextCursor(calls: readonly Call[]): string | undefined {
  const data = calls.findLast(({ tool }) => tool === 'list-predictions')?.data;
  return isRecord(data) && typeof data.next_cursor === 'string' ? data.next_cursor : undefined;
}
