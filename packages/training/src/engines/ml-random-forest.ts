/**
 * Random forest (Breiman, 2001) by `ml-random-forest`, one tree at a time: the rows of a tree are drawn here.
 *
 * The library's trees take time quadratic in their rows (5.6 s at 10,000), so a tree gets a bounded draw; smaller draws also make
 * the trees differ more, which is what turns vote shares into usable probabilities. Columns are drawn per tree, not per split:
 * a tree without the column that matters is a bad tree, so by default each lacks only one.
 */
import type { RandomForestParameters } from '@iris/model';
import { RandomForestClassifier } from 'ml-random-forest';
import forestPackage from 'ml-random-forest/package.json' with { type: 'json' };
import { TrainingError } from '../errors.ts';
import type { Fit } from '../fit.ts';
import { fitInputs } from '../inputs.ts';
import type { ML_RANDOM_FOREST_OPTIONS } from '../option-tables.ts';
import type { OptionValues } from '../options.ts';
import { createRandom, MAX_SEED, type Random } from '../random.ts';
import type { TrainingRows } from '../rows.ts';
import { type ExpandedRows, expandRows, rowArrays } from './expanded-rows.ts';
import { appendTree, type CartNode, createNodeTable } from './tree-table.ts';

const AUTO_SHARE = 0.7;
const AUTO_ROWS_MAX = 100;

interface ForestOptions {
  readonly trees: number;
  readonly maxFeatures: number;
  readonly minSamplesSplit: number;
  readonly rowsPerTree: number;
}

/** Fits a forest. Cost: trees × `rowsPerTree`² × `maxFeatures`, whatever the number of rows. */
export function fitMlRandomForest(rows: TrainingRows, given: OptionValues<typeof ML_RANDOM_FOREST_OPTIONS>, seed: number): Fit {
  const inputs = fitInputs(rows);
  const expanded = expandRows(rows, inputs);
  const options = resolveOptions(given, expanded);
  const random = createRandom(seed);
  const table = createNodeTable();
  for (let tree = 0; tree < options.trees; tree++) growTree(expanded, options, random, table);
  const shape = { inputSize: rows.columns.length, classCount: rows.classCount, ...(inputs && { inputs }) };
  const parameters: RandomForestParameters = { kind: 'rf', ...shape, ...table };
  return { parameters, engine: `ml-random-forest ${forestPackage.version}`, options: { ...options } };
}

function resolveOptions(given: OptionValues<typeof ML_RANDOM_FOREST_OPTIONS>, rows: ExpandedRows): ForestOptions {
  const { inputSize, labels } = rows;
  const maxFeatures = given.maxFeatures === 'auto' ? Math.max(1, inputSize - 1) : given.maxFeatures;
  if (maxFeatures > inputSize) {
    const message = `maxFeatures must be at most the ${inputSize} encoded columns, is ${maxFeatures}`;
    throw new TrainingError('TRAINING_OPTION', message, { inputSize, maxFeatures });
  }
  const autoRows = Math.min(AUTO_ROWS_MAX, Math.ceil(AUTO_SHARE * labels.length));
  return { ...given, maxFeatures, rowsPerTree: given.rowsPerTree === 'auto' ? autoRows : given.rowsPerTree };
}

function growTree(rows: ExpandedRows, options: ForestOptions, random: Random, table: RandomForestTable): void {
  const drawn = Array.from({ length: options.rowsPerTree }, () => random.below(rows.labels.length));
  const forest = new RandomForestClassifier({
    nEstimators: 1,
    seed: random.below(MAX_SEED),
    replacement: false,
    // The library reads a value up to 1 as a share, 1 itself as 100 %, and rounds a share down.
    maxFeatures: options.maxFeatures === rows.inputSize ? 1 : (options.maxFeatures + 0.5) / rows.inputSize,
    useSampleBagging: false,
    noOOB: true,
    treeOptions: { minNumSamples: options.minSamplesSplit - 1 },
  });
  forest.train(
    rowArrays(rows, drawn),
    drawn.map((row) => rows.labels[row]!),
  );
  const [tree] = forest.estimators as unknown as readonly { readonly root: CartNode }[];
  appendTree(table, tree!.root, forest.indexes![0]!);
}

type RandomForestTable = ReturnType<typeof createNodeTable>;
