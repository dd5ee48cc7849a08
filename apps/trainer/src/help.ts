/** The text of `--help`. */
import { describeRange, type OptionTable } from '@iris/training';
import { DEFAULT_SEED, EVALUATION_METHODS } from './command-line.ts';
import { ALL_TABLES, flagOf } from './hyperparameters.ts';
import { DEFAULT_KEEP } from './keep.ts';
import { DATASET_NAMES, ENGINES, MODEL_KINDS } from './options.ts';

const INTRODUCTION = `Trains a model, evaluates it and writes one model file.

  npm run train -- --dataset iris --model rf --version 0.1.0 --out models/iris-rf.json
  npm run train -- --data rows.csv --target churn
  npm run train -- --data rows.csv --schema schema.json --model gbt --version 1.0.0 --out models/own.json
  npm run train -- --dataset churn --model logreg --version 1.0.0 --registry registry
`;

const TRACKING = `Tracking
  MLFLOW_TRACKING_URI     where parameters, metrics, model and pictures go: http://HOST:PORT of an MLflow server, s3:// or gs:// of a bucket;
                          empty: the local store .data/mlflow, which needs Python. Not set: nowhere
  MLFLOW_EXPERIMENT_NAME  default: the dataset's name
  MLFLOW_RUN_ID           goes on with a run that was cut short
  MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN
`;

const EXIT_CODES = `Exit code 0: the file is written, and with --registry the model is in service; 1: below --min-accuracy or --min-recall, writing failed,
or --require-tracking and not tracked; 2: wrong option or wrong data; 3: the registry's gate refused the model (with --registry, also below
--min-accuracy or --min-recall), and the one in service stays.
`;

/** Every option with its range and default. */
export function helpText(): string {
  const general = section('Options', [
    ['--dataset', `one of ${DATASET_NAMES.join(', ')}`],
    ['--data', 'one’s own rows (CSV) instead of --dataset'],
    ['--target', 'the column to predict: the schema of --data is inferred, as npm run schema does'],
    ['--schema', 'the schema of --data (JSON) instead of --target'],
    ['--missing', 'with --target: a text that stands for a missing value, besides NA, ? and their like; may be given again'],
    ['--unknown-levels', 'with --target: accept counts levels that were not in the file as missing later'],
    [
      '--model',
      `one of ${MODEL_KINDS.join(', ')}, or auto: all are compared on the same folds, and the simplest of the best is trained (default)`,
    ],
    ['--engine', `what fits the model, one of ${ENGINES.join(', ')} (default iris, our own; for --dataset iris the libraries)`],
    ['--max-minutes', 'with auto: time for all of it; what does not end in three fifths of it is left out of the comparison'],
    ['--version', 'version of the model, such as 0.1.0 (with --target default 1.0.0)'],
    ['--out', 'path of the model file; may be left out with --registry, and with --target (default models/NAME-MODEL.json)'],
    ['--registry', 'directory of versions: the model is put into service there if the gate lets it pass'],
    ['--keep', `how many of the registry’s newest versions stay (default ${DEFAULT_KEEP})`],
    ['--seed', `integer; the same seed gives the same file, but for the seconds of a comparison (default ${DEFAULT_SEED})`],
    [
      '--evaluate',
      `one of ${EVALUATION_METHODS.join(', ')} (default full: 10 × 10-fold up to 500 rows, else a hold-out; folds: 10-fold from 501 to 5,000 rows)`,
    ],
    ['--min-accuracy', 'from 0 to 1; below it nothing is written'],
    ['--min-recall', 'from 0 to 1; nothing is written if less of any class is recognised'],
    ['--alias', 'name in MLflow’s registry, such as champion, to point at the new version; needs MLFLOW_TRACKING_URI'],
    ['--require-tracking', 'exit code 1 if the training cannot be tracked; without it, that is a warning'],
    ['--help', 'this text'],
  ]);
  const tables = ALL_TABLES.map(([model, engine, table]) =>
    hyperparameterSection(engine === 'iris' ? model : `${model} with --engine ${engine}`, table),
  );
  return [INTRODUCTION, general, ...tables, TRACKING, EXIT_CODES].join('\n');
}

function hyperparameterSection(model: string, table: OptionTable): string {
  return section(
    `Hyperparameters of ${model}`,
    Object.entries(table).map(([name, spec]) => [
      `--${flagOf(name)}`,
      `${spec.summary} (${describeRange(spec)}; default ${spec.default})`,
    ]),
  );
}

function section(title: string, lines: readonly (readonly [option: string, text: string])[]): string {
  return `${title}\n${lines.map(([option, text]) => `  ${option.padEnd(20)}${text}\n`).join('')}`;
}
