import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, selectRows } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { type UnsealedDocument, writeModelFile } from '@iris/model-file';
import { type MeasuredCurrent, Registry } from '@iris/registry';
import { estimatorOf, predictFolds } from '@iris/training';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainCommand } from '../command-line.ts';
import { train } from '../train.ts';
import { figuresOf, fileFiguresOf, restrictFolds } from './figures.ts';
import { type CandidateMeasurement, chooseBasis, measureCurrent } from './measure-current.ts';
import { submit } from './submit.ts';

let directory: string;
let registry: Registry;
let news: string[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-gate-'));
  registry = new Registry({ directory, by: 'a test' });
  news = [];
});
afterEach(() => rm(directory, { recursive: true }));

const CHURN = generateChurn({ sampleCount: 800 });
const COMMAND: TrainCommand = {
  source: { kind: 'named', name: 'churn' },
  model: 'logreg',
  engine: 'iris',
  version: '1.0.0',
  seed: 42,
  evaluate: 'holdout',
  requireTracking: false,
  hyperparameters: {},
};
const part = (dataset: Dataset, from: number, to: number): Dataset =>
  selectRows(
    dataset,
    Array.from({ length: to - from }, (_, index) => from + index),
  );

/** Trains on rows, offers the model, and gives the verdict. */
async function offer(dataset: Dataset, change: Partial<TrainCommand> = {}) {
  const command = { ...COMMAND, registry: { directory, keep: 10 }, ...change };
  const outcome = await train(command, { base: dataset }, () => {});
  const floor = { minAccuracy: undefined, minRecall: undefined };
  return submit(registry, {
    ...outcome,
    ...floor,
    document: outcome.document!,
    set: { base: dataset },
    method: 'holdout',
    seed: 42,
    keep: command.registry.keep,
    by: 'a test',
    onNews: (sentence) => news.push(sentence),
    onProgress: async () => undefined,
  });
}

async function candidateOn(dataset: Dataset): Promise<CandidateMeasurement & { document: UnsealedDocument }> {
  const { rows, folds, document } = await train({ ...COMMAND, registry: { directory, keep: 10 } }, { base: dataset }, () => {});
  return { dataset, rows, folds, document: document!, file: fileFiguresOf(document!), method: 'holdout', seed: 42 };
}

const measuredOf = async (candidate: CandidateMeasurement, name = 'v0001') =>
  (await measureCurrent(registry, name, candidate, async () => undefined)).measured as MeasuredCurrent;

describe('the model in service on a candidate’s folds', () => {
  it('is fitted again on what it has seen of each training part: the same rows and options give the same losses', async () => {
    await offer(CHURN);
    const { figures, folds } = await measuredOf(await candidateOn(CHURN));
    expect(figures).toMatchObject({ name: 'v0001', basis: 'refitted', model: 'logreg', version: '1.0.0' });
    expect(folds[0]!.current).toEqual(folds[0]!.candidate);
  });

  it('is compared row by row where folds judge each row once, and fold by fold where they judge it ten times', async () => {
    await offer(CHURN);
    const foldsOf = async (dataset: Dataset) => {
      const { rows, folds, document } = await train(
        { ...COMMAND, evaluate: 'folds', registry: { directory, keep: 10 } },
        { base: dataset },
        () => {},
      );
      const file = fileFiguresOf(document!);
      return (await measuredOf({ dataset, rows, folds, file, method: 'folds', seed: 42 })).folds;
    };
    const once = await foldsOf(CHURN);
    expect(once.map(({ candidate, current }) => [candidate.length, current.length])).toEqual([[800, 800]]);
    const repeated = await foldsOf(part(CHURN, 0, 500));
    expect([repeated.length, repeated[0]!.candidate.length]).toEqual([100, 50]);
  });

  it('is not fitted on rows that came after it', async () => {
    await offer(part(CHURN, 0, 500));
    const candidate = await candidateOn(CHURN);
    const { figures, folds } = await measuredOf(candidate);
    expect(figures.basis).toBe('refitted');
    const { rows } = candidate;
    const fitSeen = estimatorOf('logreg', rows, {}, 42);
    const expected = await predictFolds({ rows, seed: 42, method: 'holdout' }, (train) =>
      fitSeen(train.filter((row) => row < 500)),
    );
    expect(figures.logLoss).toBe(figuresOf(candidate.file, expected, CHURN.schema).logLoss);
    expect(folds[0]!.current).not.toEqual(folds[0]!.candidate);
  });

  it('is taken as it stands where all rows are new to it', async () => {
    await offer(part(CHURN, 0, 400));
    const { figures, folds } = await measuredOf(await candidateOn(part(CHURN, 400, 800)));
    expect(figures.basis).toBe('as it stands');
    expect(folds[0]!.current).toHaveLength(100);
  });

  it('is taken as it stands, on rows that are new to it, where a few are not: fitted again on those few it would be another model', async () => {
    await offer(part(CHURN, 0, 400));
    const { figures, folds, classRows } = await measuredOf(await candidateOn(part(CHURN, 300, 800)));
    expect(figures.basis).toBe('as it stands');
    const compared = Object.values(classRows).reduce((sum, count) => sum + count);
    expect(folds[0]!.current).toHaveLength(compared);
    expect(compared).toBeGreaterThan(80);
    expect(compared).toBeLessThan(120);
  });

  it('is taken to have seen all rows where nobody knows which, unless its file holds them', async () => {
    const small = await candidateOn(part(CHURN, 0, 400));
    await writeModelFile(join(directory, 'small.json'), small.document);
    const training = { ...small.document.training, sampleCount: 5000 };
    await writeModelFile(join(directory, 'large.json'), { ...small.document, training });
    const candidate = await candidateOn(part(CHURN, 400, 800));
    expect((await measuredOf(candidate, 'small.json')).figures.basis).toBe('as it stands');
    expect((await measuredOf(candidate, 'large.json')).figures.basis).toBe('refitted');
  });

  it('cannot be measured when its file is gone, damaged, or of options that this trainer does not know', async () => {
    const candidate = await candidateOn(part(CHURN, 0, 400));
    const gone = await measureCurrent(registry, 'gone.json', candidate, async () => undefined);
    expect(gone).toEqual({ name: 'gone.json', measured: expect.stringMatching(/^gone\.json cannot be read: .*ENOENT/) });
    const training = { ...candidate.document.training, options: { criterion: 'gini' } };
    await writeModelFile(join(directory, 'foreign.json'), { ...candidate.document, training });
    const foreign = await measureCurrent(registry, 'foreign.json', candidate, async () => undefined);
    expect(foreign.measured).toMatch(/^foreign\.json cannot be fitted again: there is no option criterion/);
  });
});

describe('chooseBasis', () => {
  const seen = (known: number, fresh: number) => [...new Array(known).fill(true), ...new Array(fresh).fill(false)];
  const of = (known: number, fresh: number, sampleCount: number) => {
    return chooseBasis(seen(known, fresh), { training: { sampleCount, seed: 0, engine: '', options: {} } });
  };

  it('refits where most of what it learned from is there, or most of what is there it has seen', () => {
    expect([of(1000, 200, 1000), of(500, 5000, 1000), of(300, 100, 10_000)]).toEqual(['refitted', 'refitted', 'refitted']);
  });

  it('takes the file where neither is so', () => {
    expect([of(0, 100, 1000), of(5, 5000, 1000), of(499, 499, 1000)]).toEqual(['as it stands', 'as it stands', 'as it stands']);
  });
});

describe('submit', () => {
  it('judges again where another model came into service meanwhile, and keeps the verdict about that one', async () => {
    await offer(CHURN);
    const first = await candidateOn(CHURN);
    let overtaken = false;
    const { name, verdict } = await submit(registry, {
      ...first,
      set: { base: CHURN },
      minAccuracy: undefined,
      minRecall: undefined,
      keep: 10,
      by: 'a test',
      onNews: (sentence) => news.push(sentence),
      async onProgress() {
        if (overtaken) return;
        overtaken = true;
        await offer(CHURN, { version: '1.1.0' });
      },
    });
    expect([name, verdict.current?.name, verdict.current?.version]).toEqual(['v0003', 'v0002', '1.1.0']);
    expect(news).toContain('another model came into service meanwhile: judging again');
    expect(await registry.current()).toBe('v0003');
  });

  it('keeps no more versions than it is to', async () => {
    for (let version = 0; version < 4; version++) await offer(part(CHURN, 0, 400), { registry: { directory, keep: 2 } });
    expect((await registry.list()).map(({ name }) => name)).toEqual(['v0003', 'v0004']);
  });

  it('is done when old versions cannot be removed, and says so: the candidate is in service by then', async () => {
    await offer(part(CHURN, 0, 400));
    await offer(part(CHURN, 0, 400));
    const update = registry.update.bind(registry);
    vi.spyOn(registry, 'update').mockImplementationOnce(update).mockRejectedValueOnce(new Error('its disk is full'));
    expect((await offer(part(CHURN, 0, 400), { registry: { directory, keep: 1 } })).verdict.verdict).toBe('passed');
    expect(await registry.current()).toBe('v0003');
    expect(news).toContain('warning: old versions were not removed: its disk is full');
  });
});

describe('restrictFolds', () => {
  it('keeps the rows that it is to with all that is known of them, and no empty fold', async () => {
    const { folds } = await candidateOn(part(CHURN, 0, 400));
    const [fold] = folds;
    const odd = (row: number) => row % 2 === 1;
    const [restricted] = restrictFolds(folds, odd);
    const kept = fold!.testRows.flatMap((row, index) => (odd(row) ? [index] : []));
    expect(restricted!.testRows).toEqual(fold!.testRows.filter(odd));
    expect(restricted!.scores.logLoss).toEqual(kept.map((index) => fold!.scores.logLoss[index]));
    expect(restricted!.classProbabilities.slice(0, 2)).toEqual(fold!.classProbabilities.slice(2 * kept[0]!, 2 * kept[0]! + 2));
    expect(restrictFolds(folds, () => false)).toEqual([]);
  });
});
