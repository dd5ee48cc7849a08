import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { parseModelDocument } from '@iris/model-file';
import { describe, expect, it } from 'vitest';
import type { TrainCommand } from '../command-line.ts';
import { train } from '../train.ts';
import { dataChecksum, describeCommand, describeOutcome } from './describe-run.ts';
import { createFoldRecorder } from './fold-recorder.ts';

const COMMAND: TrainCommand = {
  source: { kind: 'named', name: 'churn' },
  model: 'logreg',
  engine: 'iris',
  version: '1.2.0',
  outPath: 'unused.json',
  seed: 3,
  evaluate: 'holdout',
  minAccuracy: 0.5,
  hyperparameters: { c: 2 },
  alias: 'champion',
  requireTracking: false,
};
const CHURN = generateChurn();

async function outcomeOf(command: TrainCommand, dataset = CHURN) {
  const folds = createFoldRecorder(() => 1000);
  const { document, evaluation } = await train(command, { base: dataset }, folds.add);
  return { result: describeOutcome(document!, command, folds, 2000), document: document!, evaluation };
}

describe('describeCommand', () => {
  it('gives the command and its data as texts', () => {
    expect(describeCommand(COMMAND, CHURN)).toEqual({
      dataset: 'churn',
      samples: '2000',
      model: 'logreg',
      version: '1.2.0',
      seed: '3',
      evaluate: 'holdout',
      minAccuracy: '0.5',
      c: '2',
    });
  });
});

describe('dataChecksum', () => {
  it('is the same for the same data, and another for one label, value or name that is another', () => {
    const iris = loadIris();
    const others = [
      { ...iris, labels: iris.labels.with(0, 1) },
      { ...iris, columns: iris.columns.with(0, iris.columns[0]!.with(0, 5.2)) },
      { ...iris, schema: { ...iris.schema, target: 'kind' } },
    ];
    expect(dataChecksum(loadIris())).toBe(dataChecksum(iris));
    expect(dataChecksum(iris)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(new Set([iris, ...others].map(dataChecksum)).size).toBe(4);
  });
});

describe('describeOutcome', () => {
  it('gives the curve of the folds and the final figures, which are those of the model file', async () => {
    const { result, evaluation } = await outcomeOf(COMMAND);
    const byKey = new Map(result.metrics.map((metric) => [metric.key, metric]));
    expect(byKey.get('fold_accuracy')).toEqual({
      key: 'fold_accuracy',
      value: evaluation.accuracy!.mean,
      step: 1,
      timestamp: 1000,
    });
    expect(byKey.get('accuracy')).toEqual({ key: 'accuracy', value: evaluation.accuracy!.mean, timestamp: 2000 });
    expect(byKey.get('log_loss_standard_error')!.value).toBe(evaluation.logLoss!.standardError);
    expect([byKey.get('recall.no')!.value, byKey.get('recall.yes')!.value]).toEqual(
      evaluation.confusionMatrix.map((row, index) => row[index]! / row.reduce((sum, count) => sum + count)),
    );
    expect(byKey.get('expected_calibration_error')!.value).toBeLessThan(0.1);
  });

  it('gives a model file that reads back, its checksum as tag, and the signature of its samples', async () => {
    const { result, document } = await outcomeOf(COMMAND);
    const file = result.model.files.find(({ path }) => path === 'model.json')!;
    const read = parseModelDocument(Buffer.from(file.bytes).toString());
    expect(read).toMatchObject({ version: '1.2.0', parameters: document.parameters });
    expect(result.model.tags).toEqual({
      algorithm: 'logreg',
      engine: document.training.engine,
      model_version: '1.2.0',
      checksum: read.checksum,
    });
    expect(result.model).toMatchObject({ name: 'churn', alias: 'champion' });
    expect(result.model.description.inputs).toContainEqual({ name: 'plan_type', type: 'string' });
    expect(result.params).toEqual({ maxIter: '1000', tol: '0.000001' });
  });

  it('draws pictures of what was measured, and none where nothing was', async () => {
    const pathsOf = async (evaluate: TrainCommand['evaluate']) => {
      const { minAccuracy: _, ...command } = COMMAND;
      return (await outcomeOf({ ...command, evaluate })).result.artifacts.map(({ path }) => path);
    };
    expect(await pathsOf('holdout')).toEqual(['model-card.md', 'confusion-matrix.svg', 'reliability-curve.svg']);
    expect(await pathsOf('none')).toEqual(['model-card.md']);
  });

  it('names a class in a metric by what MLflow takes in names, and writes a card that no name breaks out of', async () => {
    const schema = { ...CHURN.schema, classes: ['no|<b>', 'yes?'], description: 'Rows | of #people.' };
    const { result } = await outcomeOf(COMMAND, { ...CHURN, schema });
    expect(result.metrics.map(({ key }) => key)).toEqual(expect.arrayContaining(['recall.no__b_', 'recall.yes_']));
    const card = Buffer.from(result.artifacts[0]!.bytes).toString();
    expect(card).toContain('no\\|\\<b\\>');
    expect(card).toContain('Rows \\| of \\#people.');
    expect(card).toMatch(/\| samples \| 2000 \|\n\| seed \| 3 \|/);
  });

  it('keeps the figures of classes apart that are the same to MLflow', async () => {
    const { result } = await outcomeOf(COMMAND, { ...CHURN, schema: { ...CHURN.schema, classes: ['é', 'ü'] } });
    const keys = result.metrics.map(({ key }) => key).filter((key) => key.startsWith('recall.'));
    expect(keys).toEqual(['recall._', expect.stringMatching(/^recall\.__\d+$/)]);
  });
});
