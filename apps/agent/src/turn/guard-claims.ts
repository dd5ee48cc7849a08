/**
 * Holds back every sentence that claims a prediction which no tool call of the conversation bears out, whoever the model is.
 *
 * Text is released sentence by sentence. A sentence that names a class passes when a result stated that class, or when a result has a figure
 * for it and the sentence tells one; naming all classes alike, as a list of what there is, claims nothing.
 */
import type { UIMessageChunk } from 'ai';
import type { Evidence } from './evidence.ts';
import { plain } from './language.ts';

/** Words too common to be taken for a class wherever they stand: only where something is said to be one. */
const COMMON = new Set([
  'yes',
  'no',
  'oui',
  'non',
  'true',
  'false',
  'vrai',
  'faux',
  'good',
  'bad',
  'high',
  'low',
  'on',
  'off',
  'a',
  'b',
  'c',
]);
const BEFORE_A_CLAIM = String.raw`(?:predict\w*|predis\w*|predi\w+|class\w*|label\w*|is|be|est|sera|[:=→])`;
/** What comes before a class that is said to be the answer, not one of those that have a figure. */
const PREDICTS = String.raw`(?:predict\w*|predis\w*|predi\w+|classif\w+|is|be|est|sera)`;
/** End of a sentence: not the point of a number. */
const SENTENCE_END = /(?<=[.!?…])\s+|\n+/;

const PROBABILITY = /\d[.,]\d|\d\s*%/;

/** Gives the chunks that may go on in the place of one. */
export type Guard = (chunk: UIMessageChunk) => readonly UIMessageChunk[];

/** Makes the guard of a turn. `withhold` is called for a sentence that is held back, and gives what is said instead. */
export function guardClaims(classes: readonly string[], evidence: Evidence, withhold: () => string): Guard {
  const held = new Map<string, string>();
  const silenced = new Set<string>();
  const patterns = classes.map((name) => [name, patternOf(name)] as const);
  const predicted = new Map(classes.map((name) => [name, behind(PREDICTS, name)]));

  function claims(sentence: string): boolean {
    const text = plain(sentence);
    const named = patterns.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
    if (named.length === 0) return false;
    const hasFigure = /\d/.test(text);
    if (named.length === classes.length && classes.length > 1 && !PROBABILITY.test(text)) return false;
    const states = named.some((name) => evidence.stated.has(name));
    const isPredicted = (name: string) => predicted.get(name)!.test(text);
    const isMentioned = (name: string) => evidence.listed.has(name) && (states || hasFigure) && !isPredicted(name);
    return !named.every((name) => evidence.stated.has(name) || isMentioned(name));
  }

  function release(id: string, text: string): UIMessageChunk[] {
    if (silenced.has(id) || text === '') return [];
    const delta = claims(text) ? withhold() : text;
    if (delta !== text) silenced.add(id);
    return [{ type: 'text-delta', id, delta }];
  }

  return function guard(chunk) {
    if (chunk.type === 'text-delta') {
      const sentences = splitSentences((held.get(chunk.id) ?? '') + chunk.delta);
      held.set(chunk.id, sentences.pop() ?? '');
      return sentences.flatMap((sentence) => release(chunk.id, sentence));
    }
    if (chunk.type === 'text-end') return [...release(chunk.id, held.get(chunk.id) ?? ''), chunk];
    return [chunk];
  };
}

/** Sentences with the space behind them; the last one may go on. */
function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let rest = text;
  for (let end = SENTENCE_END.exec(rest); end; end = SENTENCE_END.exec(rest)) {
    const length = end.index + end[0].length;
    sentences.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...sentences, rest];
}

function patternOf(name: string): RegExp {
  if (!COMMON.has(plain(name))) return new RegExp(alone(name), 'u');
  return new RegExp(`${BEFORE_A_CLAIM}\\W{0,6}${alone(name)}|["«“*\`]${alone(name)}["»”*\`]`, 'u');
}

/** The class soon after one of the words, with an article or what it is between them. */
function behind(words: string, name: string): RegExp {
  return new RegExp(String.raw`${words}(?:\W+(?:an?|the|une?|l[ae]|iris|class\w*))*\W{1,6}${alone(name)}`, 'u');
}

/** The class as a word of its own, in the singular or the plural. */
function alone(name: string): string {
  const word = plain(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return String.raw`(?<![\p{L}\p{N}_])${word}s?(?![\p{L}\p{N}_])`;
}
