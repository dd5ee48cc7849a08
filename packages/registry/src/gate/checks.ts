/** The conditions of the gate, one function each. */
import { figureText, sizeText, timeText } from '../figures-text.ts';
import type { Check, Measure, ModelFigures, PairedComparison } from '../verdict.ts';
import type { GateLimits } from './limits.ts';
import { studentQuantile } from './student-t.ts';

/** Of figures that are equal but for rounding. */
const TOLERANCE = 1e-9;

/** What a model must reach whatever was before it. */
export interface Floor {
  readonly minAccuracy?: number | undefined;
  readonly minRecall?: number | undefined;
  /** Share of the greatest class: the accuracy of always predicting it. */
  readonly greatestShare: number;
}

/** Accuracy and recalls against the floor. */
export function checkFloor({ accuracy, recall }: ModelFigures, { minAccuracy, minRecall, greatestShare }: Floor): Check[] {
  const [worstClass, worst] = Object.entries(recall).reduce((least, each) => (each[1] < least[1] ? each : least));
  return [
    {
      name: 'better than always predicting the greatest class',
      passed: accuracy > greatestShare + TOLERANCE,
      detail: `accuracy ${figureText(accuracy)}, that of the greatest class ${figureText(greatestShare)}`,
      measure: { value: accuracy, bound: greatestShare, isLeast: true, unit: 'number' },
    },
    ...atLeast('least accuracy', accuracy, minAccuracy, `accuracy ${figureText(accuracy)}`),
    ...atLeast(
      'least recall of each class',
      worst,
      minRecall,
      `${JSON.stringify(worstClass)} has the least, ${figureText(worst)}`,
    ),
  ];
}

function atLeast(name: string, value: number, least: number | undefined, what: string): Check[] {
  if (least === undefined) return [];
  const measure: Measure = { value, bound: least, isLeast: true, unit: 'number' };
  return [{ name, passed: value >= least, detail: `${what}, at least ${least} is asked for`, measure }];
}

/** The log-loss: not worse by more than chance explains, and not by more than a bound even if it does. */
export function checkLogLoss(
  { difference, p, alpha, interval }: PairedComparison,
  currentLogLoss: number,
  { logLossShare, logLossFree }: GateLimits,
): Check[] {
  const bound = Math.max(logLossShare * currentLogLoss, logLossFree);
  const range = `${signed(difference)}, ${Math.round((1 - 2 * alpha) * 100)} % interval ${signed(interval[0])} to ${signed(interval[1])}`;
  return [
    {
      name: 'log-loss not significantly worse',
      passed: p >= alpha,
      detail: `difference ${range}; p ${p.toPrecision(2)}, refused below α ${alpha}`,
      measure: { value: p, bound: alpha, isLeast: true, unit: 'p' },
    },
    {
      name: 'log-loss not much worse',
      passed: difference <= bound + TOLERANCE,
      detail: `difference ${signed(difference)}, at most ${signed(bound)}`,
      measure: { value: difference, bound, isLeast: false, unit: 'number' },
    },
  ];
}

/**
 * The recall of each class against the current model's. Of few rows it says little: there what chance makes of two equal recalls is allowed, as if
 * their rows were different ones, and one row in any case.
 *
 * @param rows of each class that were judged; a class without any is left out.
 */
export function checkRecalls(
  candidate: ModelFigures['recall'],
  current: ModelFigures['recall'],
  rows: Readonly<Record<string, number>>,
  { recallDrop, alpha }: GateLimits,
): Check[] {
  const judged = Object.entries(candidate).filter(([name]) => rows[name]! > 0);
  return judged.map(([name, recall]) => {
    const before = current[name]!;
    const chance = normalQuantile(alpha) * Math.sqrt((2 * before * (1 - before)) / rows[name]!);
    const bound = Math.max(recallDrop, chance, 1 / rows[name]!);
    return {
      name: `recall of ${JSON.stringify(name)}`,
      passed: recall >= before - bound - TOLERANCE,
      detail: `${figureText(recall)}, the current model's ${figureText(before)}; at most ${figureText(bound)} less`,
      measure: { value: recall, bound: before - bound, isLeast: true, unit: 'number' },
    };
  });
}

/** Calibration, latency and size against the current model's. */
export function checkCosts(candidate: ModelFigures, current: ModelFigures, limits: GateLimits): Check[] {
  const calibration = current.calibrationError + limits.calibrationGain;
  const latency = Math.max(limits.latencyRatio * current.latencyMs, limits.latencyFreeMs);
  const size = Math.max(limits.sizeRatio * current.bytes, limits.sizeFreeBytes);
  return [
    atMost('calibration error', candidate.calibrationError, current.calibrationError, calibration, 'number'),
    atMost('time of a prediction', candidate.latencyMs, current.latencyMs, latency, 'ms'),
    atMost('size of the file', candidate.bytes, current.bytes, size, 'bytes'),
  ];
}

const TEXTS = { number: figureText, ms: timeText, bytes: sizeText } as const;

function atMost(name: string, value: number, current: number, most: number, unit: keyof typeof TEXTS): Check {
  const show = TEXTS[unit];
  return {
    name,
    passed: value <= most + TOLERANCE,
    detail: `${show(value)}, the current model's ${show(current)}; at most ${show(most)}`,
    measure: { value, bound: most, isLeast: false, unit },
  };
}

/** The normal distribution is Student's with any number of degrees of freedom. */
function normalQuantile(upperTail: number): number {
  return studentQuantile(upperTail, 1e7);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${figureText(Math.abs(value))}`;
}
