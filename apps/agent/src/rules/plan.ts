/** Decides what a message leads to: a tool call, a question back, a refusal. Pure: the same conversation gives the same decision. */
import { classNamed } from './class-names.ts';
import { completeSample } from './complete-sample.ts';
import type { Call, Happening } from './conversation.ts';
import type { Domain, Feature } from './domain.ts';
import type { Intent } from './intent-patterns.ts';
import { readIntent } from './intents.ts';
import { namesPart } from './name-features.ts';
import { digitsForWords } from './number-words.ts';
import { judgedPrediction, type LastPrediction, lastPrediction, nextCursor, requestIdIn } from './past-calls.ts';
import { readDriftSpan, readPeriod } from './periods.ts';
import { type FoundValues, readValues, type Values } from './read-values.ts';
import type { AwaitTurn } from './turnstile.ts';
import { wordsOf } from './words.ts';

/** Tools that take a sample. */
type SampleTool = 'predict' | 'explain-prediction';

/** What is done next. */
export type Decision =
  | { readonly kind: 'call'; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'ask'; readonly about: Question }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'capabilities' };

/** What is asked back. */
export type Question =
  | {
      readonly what: 'values';
      readonly tool: SampleTool;
      readonly known: Values;
      readonly missing: readonly Feature[];
      readonly surplus: number;
    }
  | { readonly what: 'true class' }
  | { readonly what: 'which prediction' };

/** What earlier messages left open or said. */
interface State {
  /** Values given so far for a sample that was asked for. */
  readonly open?: { readonly tool: SampleTool; readonly values: Values };
  readonly awaitsClass?: boolean;
  /** The class that was told before it was known of which prediction. */
  readonly label?: string;
  readonly calls: readonly Call[];
}

interface Surroundings {
  readonly domain: Domain;
  readonly now: Date;
}

/**
 * Decides on a message, after all that has happened. Linear in the number of messages since the last call: a call settles what those
 * before it left open.
 *
 * @param awaitTurn awaited before each message is read, which takes some milliseconds; nothing is waited for without it.
 */
export async function decide(
  earlier: readonly Happening[],
  question: string,
  surroundings: Surroundings,
  awaitTurn: AwaitTurn = async () => undefined,
): Promise<Decision> {
  const calls = earlier.flatMap((happening) => (happening.kind === 'called' ? [happening.call] : []));
  const settled = earlier.findLastIndex(({ kind }) => kind === 'called') + 1;
  let state: State = { calls };
  for (const happening of earlier.slice(settled)) {
    if (happening.kind === 'called') continue;
    await awaitTurn();
    state = { calls, ...leftOpen(plan(happening.text, state, surroundings)) };
  }
  await awaitTurn();
  return plan(question, state, surroundings);
}

/** What a decision leaves for the next message: only a question back leaves something. */
function leftOpen(decision: Decision): Omit<State, 'calls'> {
  if (decision.kind !== 'ask') return {};
  const { about } = decision;
  if (about.what === 'values') return { open: { tool: about.tool, values: about.known } };
  return about.what === 'true class' ? { awaitsClass: true } : {};
}

function plan(written: string, state: State, { domain, now }: Surroundings): Decision {
  const text = digitsForWords(written);
  const found = readValues(text, domain, state.open?.values);
  const label = classNamed(text, domain.classes);
  const hasValues = holdsSample(found, domain);
  const describesPart = wordsOf(text).some((word) => namesPart(word, domain.features));
  const intent = readIntent(text, { namesClass: label !== undefined, hasValues, namesPart: describesPart });
  const sample = planSample(text, intent, found, hasValues, state, domain);
  if (sample) return withRequestId(sample, text);
  switch (intent) {
    case 'feedback':
    case 'confirm':
    case 'deny':
      return planFeedback(text, intent, label, state);
    case 'compare':
      return call('compare-versions', { ...readPeriod(text, now) });
    case 'drift':
      return call('check-drift', readDriftSpan(text, now));
    case 'stats':
      return call('prediction-stats', { ...readPeriod(text, now) });
    case 'list':
      return call('list-predictions', readFilter(text, label));
    case 'more':
      return planMore(state);
    case 'describe':
      return call('describe-model', {});
    case 'capabilities':
      return { kind: 'capabilities' };
    default:
      return state.awaitsClass && label !== undefined ? planFeedback(text, 'feedback', label, state) : { kind: 'refuse' };
  }
}

function call(tool: string, input: Readonly<Record<string, unknown>>): Decision {
  return { kind: 'call', tool, input };
}

/** A prediction that the user gives a name. */
function withRequestId(decision: Decision, text: string): Decision {
  const requestId = requestIdIn(text);
  if (decision.kind !== 'call' || decision.tool !== 'predict' || requestId === undefined) return decision;
  return call('predict', { ...decision.input, request_id: requestId });
}

/** Whether a text gives values by itself: one by name, or about as many numbers as a sample has. */
function holdsSample({ named, loose, rows }: FoundValues, { features }: Domain): boolean {
  const numbers = features.filter(({ kind }) => kind === 'numeric').length;
  const measured = Object.values(named).some((value) => typeof value === 'number');
  return (
    rows.length > 0 || measured || Object.keys(named).length > 1 || (numbers > 1 && loose.length >= Math.max(2, numbers - 1))
  );
}

/** Plans what a sample is given, completed or asked for; undefined when the message is about something else. */
function planSample(
  text: string,
  intent: Intent | undefined,
  found: FoundValues,
  hasValues: boolean,
  state: State,
  domain: Domain,
): Decision | undefined {
  const past = lastPrediction(state.calls);
  const gave = hasValues || found.loose.length > 0 || Object.keys(found.named).length > 0;
  if (state.open && gave && (intent === undefined || intent === 'predict' || intent === 'explain')) {
    return toSample(intent === 'explain' ? 'explain-prediction' : state.open.tool, found, domain, state.open.values);
  }
  const isChange = past !== undefined && Object.keys(found.named).length > 0 && CHANGES.test(text);
  if (isChange && (intent === undefined || intent === 'predict' || intent === 'explain')) {
    return toSample(intent === 'explain' ? 'explain-prediction' : 'predict', found, domain, past.input);
  }
  if (intent === 'explain') return hasValues ? toSample('explain-prediction', found, domain) : explainLast(past, found, domain);
  const isElsewhere = intent === undefined && Object.keys(found.named).length === 0 && ASKS_ELSEWHERE.test(text);
  return (hasValues && !isElsewhere) || intent === 'predict' ? toSample('predict', found, domain) : undefined;
}

/** Begins by asking for a person, a time or a place: numbers without a name are no values there. */
const ASKS_ELSEWHERE = /^\W*(?:who|whose|when|where|qui|quand|où)\b/i;

/** Says that a value of the sample before is changed. */
const CHANGES =
  /\b(?:what if|if|and|now|same|but|change|changing|instead|with|et|si|maintenant|m[eê]me|mais|change[rz]?|au lieu|plut[oô]t|avec)\b/i;

function explainLast(past: LastPrediction | undefined, found: FoundValues, domain: Domain): Decision {
  return past ? call('explain-prediction', past.input) : toSample('explain-prediction', found, domain);
}

function toSample(tool: SampleTool, found: FoundValues, domain: Domain, known: Values = {}): Decision {
  const samples = completeSample(found, domain, known);
  if (samples.kind === 'one') return call(tool, samples.values);
  if (samples.kind === 'many') return call('predict-batch', { instances: samples.instances });
  const { values, missing, surplus } = samples;
  return { kind: 'ask', about: { what: 'values', tool, known: values, missing, surplus } };
}

function planFeedback(
  text: string,
  intent: 'feedback' | 'confirm' | 'deny',
  label: string | undefined,
  { calls }: State,
): Decision {
  const judged = judgedPrediction(text, calls);
  if (judged === undefined) return { kind: 'ask', about: { what: 'which prediction' } };
  const told = intent === 'confirm' ? judged.prediction : label;
  if (told === undefined) return { kind: 'ask', about: { what: 'true class' } };
  return call('record-feedback', { request_id: judged.requestId, label: told });
}

function planMore({ calls }: State): Decision {
  const cursor = nextCursor(calls);
  if (cursor === undefined) return { kind: 'refuse' };
  const { input } = calls.findLast(({ tool }) => tool === 'list-predictions')!;
  return call('list-predictions', { ...input, cursor });
}

const LIMIT = /\b(\d{1,3})\b(?!\.\d)/;
const SINGULAR =
  /\b(?:the|la|my|ma|a|une?) (?:(?:very|toute) )?(?:last|latest|most recent|previous|derni[eè]re|pr[eé]c[eé]dente) (?:prediction|pr[eé]diction|one|result)\b|\b(?:the|la) (?:prediction|pr[eé]diction) (?:la plus r[eé]cente|pr[eé]c[eé]dente)\b/i;
const VERSION = /\bv(?:ersion)?s?\s*(\d+(?:\.\d+)*)\b|\b(\d+\.\d+\.\d+)\b/i;
const MAX_LIMIT = 100;

function readFilter(text: string, label: string | undefined): Record<string, unknown> {
  const [, named, bare] = VERSION.exec(text) ?? [];
  const version = named ?? bare;
  const number = LIMIT.exec(text.replace(VERSION, ' '))?.[1];
  const limit = number !== undefined ? Math.min(MAX_LIMIT, Math.max(1, Number(number))) : SINGULAR.test(text) ? 1 : undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(version !== undefined && { version }),
    ...(label !== undefined && { prediction: label }),
  };
}
