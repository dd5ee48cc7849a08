/** The text of `--help`. */
import { DEFAULT_KEEP } from '../keep.ts';
import { DATASET_NAMES } from '../options.ts';
import { DEFAULT_METHOD, DEFAULT_MIN_FEEDBACK, DEFAULT_SHARES, METHODS } from './command-line.ts';
import { RANGE_MARGIN } from './feedback-rules.ts';

const percent = (share: number) => `${100 * share} %`;

export const HELP = `Trains the model in service again, on its rows and on the feedback in the prediction log, and puts the new one into service if the gate lets it pass.

  npm run retrain -- --dataset churn --registry registry
  node retrain.js …                                the same in the API's image

It may run every minute: where nothing has changed since the last time, it trains nothing. The candidate is judged on the trusted rows alone.

Options
  --dataset           the trusted rows: one of ${DATASET_NAMES.join(', ')}
  --data, --schema    one’s own rows (CSV) and their schema (JSON) instead of --dataset
  --registry          directory of versions (default: REGISTRY_DIR)
  --min-feedback      how many rows must have come or gone since the model in service and since the newest version (default ${DEFAULT_MIN_FEEDBACK})
  --source-share      what the feedback of one source may be of the trusted rows (default ${DEFAULT_SHARES.source}); of each the newest are taken
  --feedback-share    what all feedback together may be of the trusted rows (default ${DEFAULT_SHARES.all})
  --model             another algorithm than the current one’s; its options are those of train
  --version           version of the model (default: the current one’s, its last number raised)
  --keep, --seed, --evaluate, --min-accuracy, --min-recall, --alias, --require-tracking
                      as those of train, but that --seed is the current one’s, and --evaluate is ${METHODS.join(', ')} (default ${DEFAULT_METHOD}; --keep: default ${DEFAULT_KEEP})
  --help              this text

Settings
  DATABASE_URL        PostgreSQL with the log; or
  PREDICTION_LOG      file:DIR, where it is in files
  MLFLOW_…            as for train

Left out, and counted: features that are not the dataset’s, unknown labels, unusable values, values further than ${percent(RANGE_MARGIN)} of the
range beyond the trusted rows, feedback that was changed or that contradicts other feedback or a trusted row, and what is known already.

Exit code 0: the model is in service, or there is nothing to do; 1: it could not be done; 2: wrong option, setting or data; 3: the gate refused
the model; 4: held back, as somebody rolled back: promote by hand. In all but the first case the model in service stays.
`;
