/** A model as the trainer would ship it, without its file. */
import type { Dataset } from '@iris/dataset';
import type { ModelKind } from '@iris/model';
import { createServedModel, type ServedModel } from '../../apps/api/src/models/served-model.ts';
import { parseCommandLine } from '../../apps/trainer/src/command-line.ts';
import { train } from '../../apps/trainer/src/train.ts';

/** Evaluates and fits the dataset, with the trainer's defaults. */
export async function trainModel(kind: ModelKind, dataset: Dataset): Promise<ServedModel> {
  const source = ['--dataset', 'iris', '--model', kind, '--engine', 'iris', '--version', '0.0.0', '--out', 'none'];
  const command = parseCommandLine(source);
  if (command?.model !== kind) throw new Error(`no command trains ${kind}`);
  const { document } = await train({ ...command, model: kind }, { base: dataset }, () => undefined);
  return createServedModel({ ...document!, checksum: '' }, undefined);
}
