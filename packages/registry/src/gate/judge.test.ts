import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { testFigures } from '../test-candidates.ts';
import type { CurrentFigures, ModelFigures, Verdict } from '../verdict.ts';
import { formatVerdict } from '../verdict-markdown.ts';
import { type GateEvidence, judge } from './judge.ts';

const { schema } = loadIris();
const LOSSES = Array.from({ length: 40 }, (_, row) => 0.1 + ((row * 7) % 11) / 100);
const CLASS_ROWS = { setosa: 13, versicolor: 13, virginica: 14 };

/** A candidate as good as the current model, with what is to be different. */
function evidence({
  candidate = {},
  current = {},
  losses = LOSSES,
  floor = {},
}: {
  candidate?: Partial<ModelFigures>;
  current?: Partial<CurrentFigures>;
  losses?: readonly number[];
  floor?: Partial<GateEvidence['floor']>;
} = {}): GateEvidence {
  const figures = testFigures(candidate);
  const currentFigures = {
    ...testFigures(),
    name: 'v0001',
    basis: 'refitted' as const,
    candidateLogLoss: figures.logLoss,
    ...current,
  };
  const folds = [{ trainRows: 110, candidate: losses, current: LOSSES }];
  return {
    candidate: figures,
    floor: { greatestShare: 1 / 3, ...floor },
    schema,
    evaluation: { method: 'holdout', folds: 1, seed: 42 },
    current: {
      name: 'v0001',
      schema,
      measured: { figures: currentFigures, candidate: figures, folds, classRows: CLASS_ROWS },
    },
    judgedAt: new Date('2026-11-30T12:00:00Z'),
    judgedBy: 'ada@laptop',
  };
}

const failed = ({ checks }: Verdict) => checks.filter(({ passed }) => !passed).map(({ name }) => name);
const withoutCurrent = ({ current: _, ...rest }: GateEvidence): GateEvidence => rest;

describe('the gate', () => {
  it('passes a candidate that is equal to the current model', () => {
    const verdict = judge(evidence());
    expect([verdict.verdict, failed(verdict), verdict.comparison?.p]).toEqual(['passed', [], 1]);
  });

  it('passes a better one', () => {
    expect(judge(evidence({ losses: LOSSES.map((loss) => loss / 2) })).verdict).toBe('passed');
  });

  it('refuses one whose log-loss is significantly worse, however little that is', () => {
    const losses = LOSSES.map((loss, row) => loss + 0.001 + (row % 2) / 10_000);
    expect(failed(judge(evidence({ losses })))).toEqual(['log-loss not significantly worse']);
  });

  it('refuses one whose log-loss is much worse though that may be chance', () => {
    const losses = LOSSES.map((loss, row) => loss + (row === 0 ? 2 : 0));
    const verdict = judge(evidence({ losses }));
    expect(verdict.comparison!.p).toBeGreaterThan(0.05);
    expect(failed(verdict)).toEqual(['log-loss not much worse']);
  });

  it('passes a difference of chance that is small', () => {
    const losses = LOSSES.map((loss, row) => loss + (row % 2 === 0 ? 0.06 : -0.05));
    const verdict = judge(evidence({ losses }));
    expect(verdict.comparison!.difference).toBeGreaterThan(0);
    expect(verdict.verdict).toBe('passed');
  });

  it.each([
    ['a class is recognised less', { recall: { setosa: 1, versicolor: 0.94, virginica: 0.74 } }, 'recall of "virginica"'],
    ['its probabilities mean less', { calibrationError: 0.081 }, 'calibration error'],
    ['it takes longer', { latencyMs: 0.11 }, 'time of a prediction'],
    ['it is larger', { bytes: 3 * 1024 * 1024 }, 'size of the file'],
  ])('refuses one where %s beyond the bound', (_case, candidate, name) => {
    expect(failed(judge(evidence({ candidate })))).toEqual([name]);
  });

  it('lets each of these go as far as its bound: one row of a small class, and what chance makes of two equal recalls', () => {
    const chance = 1.644 * Math.sqrt((2 * 0.92 * 0.08) / 14);
    const candidate = {
      recall: { setosa: 1 - 1 / 13, versicolor: 0.94 - 1 / 13, virginica: 0.92 - chance },
      calibrationError: 0.08,
      latencyMs: 0.1,
      bytes: 2 * 1024 * 1024,
    };
    expect(failed(judge(evidence({ candidate })))).toEqual([]);
  });

  it('goes by twice of what a current model takes that is slow and large itself', () => {
    const current = { latencyMs: 3, bytes: 30e6 };
    expect(failed(judge(evidence({ current, candidate: { latencyMs: 5.9, bytes: 59e6 } })))).toEqual([]);
    expect(failed(judge(evidence({ current, candidate: { latencyMs: 6.1, bytes: 61e6 } })))).toHaveLength(2);
  });

  it('has each condition as numbers too, which agree with what was decided', () => {
    const candidate = { calibrationError: 0.2, latencyMs: 3, recall: { setosa: 1, versicolor: 0.5, virginica: 0.92 } };
    const { checks } = judge(evidence({ candidate, floor: { minAccuracy: 0.99, minRecall: 0.2 } }));
    const measured = checks.flatMap(({ passed, measure }) => (measure ? [{ passed, ...measure }] : []));
    expect(measured).toHaveLength(checks.length - 1);
    for (const { passed, value, bound, isLeast } of measured) expect(isLeast ? value >= bound : value <= bound).toBe(passed);
    expect(new Set(measured.map(({ unit }) => unit))).toEqual(new Set(['number', 'p', 'ms', 'bytes']));
  });

  it('asks for the floor alone where no model is in service', () => {
    const verdict = judge(withoutCurrent(evidence({ floor: { minAccuracy: 0.9, minRecall: 0.9 } })));
    expect([verdict.verdict, verdict.current, verdict.comparison]).toEqual(['passed', null, null]);
    expect(verdict.checks).toHaveLength(3);
  });

  it.each([
    [{ minAccuracy: 0.96 }, 'least accuracy'],
    [{ minRecall: 0.93 }, 'least recall of each class'],
    [{ greatestShare: 0.95 }, 'better than always predicting the greatest class'],
  ])('refuses the first model too below the floor: %j', (floor, name) => {
    expect(failed(judge(withoutCurrent(evidence({ floor }))))).toEqual([name]);
  });

  it('names each difference of a schema, and compares no further', () => {
    const { current, ...rest } = evidence();
    const [first, ...others] = schema.features;
    const other = { ...schema, target: 'kind', features: [{ ...first!, name: 'sepal_length_mm' }, ...others] };
    const verdict = judge({ ...rest, current: { ...current!, schema: other } });
    expect(failed(verdict)).toEqual(['schema of the model in service']);
    expect(verdict.checks.at(-1)!.detail).toMatch(
      /^the target: kind → species; the features: "sepal_length_mm", .* → "sepal_length", /,
    );
  });

  it.each([
    ['unit', { kind: 'numeric', unit: 'mm' }, 'the feature petal_width: a number in mm → a number in cm'],
    ['kind', { kind: 'categorical', levels: ['a', 'b'] }, 'the feature petal_width: one of "a", "b" → a number in cm'],
  ])('takes another %s of a feature for another schema', (_case, change, detail) => {
    const { current, ...rest } = evidence();
    const features = schema.features.map((feature, index) => (index === 3 ? { ...feature, ...change } : feature));
    const verdict = judge({ ...rest, current: { ...current!, schema: { ...schema, features } as typeof schema } });
    expect(verdict.checks.at(-1)!.detail).toBe(detail);
  });

  it('refuses where the current model cannot be measured, and says how to go on', () => {
    const { current, ...rest } = evidence();
    const verdict = judge({ ...rest, current: { ...current!, measured: 'v0001 cannot be fitted again: no option criterion' } });
    expect(failed(verdict)).toEqual(['v0001 on the same folds']);
    expect(verdict.checks.at(-1)!.detail).toContain('--force');
  });
});

describe('a verdict as Markdown', () => {
  it('says what was decided, each condition and both models', () => {
    const page = formatVerdict(judge(evidence({ candidate: { calibrationError: 0.2 } })));
    expect(page).toContain('# rf 0.1.0 for iris: refused\n');
    expect(page).toContain('Against v0001, fitted again on those rows of each training part that it has seen.');
    expect(page).toContain("| calibration error | **not met** | 0.2000, the current model's 0.0300; at most 0.0800 |");
    expect(page).toContain("| time of a prediction | met | 2 µs, the current model's 2 µs; at most 100 µs |");
    expect(page).toContain('| log-loss on the rows of both | 0.1000 | 0.1000 |');
    expect(page).toMatch(/paired t-test, one-sided: .* 39 degrees of freedom, p 1\.00, α 0\.05\./);
  });

  it('holds a name that would break its table', () => {
    const candidate = { recall: { 'a|b': 1, versicolor: 1, virginica: 1 } };
    expect(formatVerdict(judge(withoutCurrent(evidence({ candidate }))))).toContain('| recall of a\\|b | 1.0000 |');
  });

  it('shows feedback beside, and asks nothing of it', () => {
    const feedback = {
      found: 120,
      taken: 100,
      sources: 3,
      leftOut: { contradictory: 20 },
      compared: 90,
      candidate: { accuracy: 0.5, logLoss: 0.9 },
      current: { accuracy: 0.8, logLoss: 0.4 },
    };
    const verdict = judge({ ...evidence(), feedback });
    expect([verdict.verdict, verdict.feedback]).toEqual(['passed', feedback]);
    const page = formatVerdict(verdict);
    expect(page).toContain('It learned from 100 of 120 rows with feedback too, from 3 sources.');
    expect(page).toContain('| contradictory | 20 |');
    expect(page).toContain('| on the 90 that are new to the model in service | accuracy | log-loss |');
    expect(page).toContain('| v0001 | 0.8000 | 0.4000 |');
    expect(judge(evidence())).not.toHaveProperty('feedback');
  });
});
