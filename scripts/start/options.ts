/** The command line of `npm start`. */
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';

/** A problem of the environment that one line explains. */
export class StartError extends Error {}

/** What to start. */
export interface StartOptions {
  readonly dataset: string;
  /** One's own rows instead of the dataset. */
  readonly table?: TableOptions;
  /** The model to serve; of one's own rows `auto` is the one that a comparison chooses. */
  readonly model: string;
  readonly port: number;
  /** Port of the web client; undefined without it. */
  readonly clientPort: number | undefined;
  /** Port of the MCP server; undefined without it. */
  readonly mcpPort: number | undefined;
  /** Port of the agent; undefined without it, or without the MCP server that it needs. */
  readonly agentPort: number | undefined;
  /** Port of a local MLflow; undefined without it. */
  readonly mlflowPort: number | undefined;
  /** Whether to serve from a registry. */
  readonly registry: boolean;
  /** Directory that holds `models/` and `.data/`. */
  readonly home: string;
}

/** A CSV file, and what is to be predicted. */
export interface TableOptions {
  readonly dataPath: string;
  readonly target: string;
}

/** Root of this repository. */
export const REPOSITORY = join(import.meta.dirname, '..', '..');

const DATASETS = ['iris', 'churn'];
const MODELS = ['rf', 'gbt', 'svm', 'logreg'];
const AUTO = 'auto';

export const USAGE = `Usage: npm start [-- --dataset ${DATASETS.join('|')}] [--model ${MODELS.join('|')}] [--data FILE --target COLUMN] [--home DIR] [--no-client] [--no-mcp] [--no-agent] [--with-registry] [--mlflow]

Trains the dataset's models where they are missing (models/), starts PostgreSQL (data in .data/postgres; or the one that
DATABASE_URL names) and the services, and prints their addresses. Ctrl-C stops everything.

  --dataset    which data to train on and serve; default iris
  --data, --target
               one's own rows instead: a CSV file and the column to predict. The schema is inferred, all algorithms are compared, and the simplest
               of the best serves; --model takes one of them instead
  --model      which model to serve; default rf, of --data the one that the comparison chooses
  --home       where models/ and .data/ are kept; default this repository
  --no-client  without the web client, which is built first when its sources have changed
  --no-mcp     without the MCP server, and without the agent, which needs it
  --no-agent   without the agent
  --with-registry
               serves from a registry of models, kept in .data/registry, which is filled through the gate where it is empty; which model
               serves is changed on the page /models. The API then asks for a key (API_KEY, else one that is made and printed): a server
               without one lets nobody change its model
  --mlflow     with MLflow, kept in .data/mlflow, which the training logs to; needs Python, installs MLflow there once
  PORT         port of the API; default 8000. Every setting in .env.example is passed on to the API.
  CLIENT_PORT  port of the web client; default 8501
  MCP_PORT     port of the MCP server; default 8001
  AGENT_PORT   port of the agent; default 8002
  MLFLOW_PORT  port of MLflow; default 5000
`;

const OPTIONS = {
  dataset: { type: 'string' },
  data: { type: 'string' },
  target: { type: 'string' },
  model: { type: 'string' },
  home: { type: 'string', default: REPOSITORY },
  'no-client': { type: 'boolean', default: false },
  'no-mcp': { type: 'boolean', default: false },
  'no-agent': { type: 'boolean', default: false },
  'with-registry': { type: 'boolean', default: false },
  mlflow: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const;
/** Each says by itself which model serves. */
const MODEL_SETTINGS = ['MODEL_FILE', 'MODEL_DIR', 'MODEL_URI', 'REGISTRY_DIR'];

/**
 * Parses the arguments.
 *
 * @throws StartError with one line for an argument that is not known.
 */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions | 'help' {
  try {
    refuseTaken(environment);
    const { values } = parseArgs({ args: [...argv], options: OPTIONS });
    if (values.help) return 'help';
    if (values['with-registry']) refuseOtherModel(environment);
    return {
      ...readSource(values),
      port: portOf('PORT', environment.PORT || '8000'),
      clientPort: values['no-client'] ? undefined : portOf('CLIENT_PORT', environment.CLIENT_PORT || '8501'),
      mcpPort: values['no-mcp'] ? undefined : portOf('MCP_PORT', environment.MCP_PORT || '8001'),
      agentPort: values['no-mcp'] || values['no-agent'] ? undefined : portOf('AGENT_PORT', environment.AGENT_PORT || '8002'),
      mlflowPort: values.mlflow ? portOf('MLFLOW_PORT', environment.MLFLOW_PORT || '5000') : undefined,
      registry: values['with-registry'],
      home: resolve(values.home),
    };
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    throw new StartError(
      `npm start: ${line}${/^Un(known|expected)/.test(line!) ? '; npm start -- --help names the options' : ''}`,
    );
  }
}

type Values = Readonly<Partial<Record<'dataset' | 'data' | 'target' | 'model', string>>> & { readonly 'with-registry': boolean };

function readSource(values: Values): Pick<StartOptions, 'dataset' | 'table' | 'model'> {
  const { dataset = 'iris', data, target, model } = values;
  if (data === undefined && target === undefined) {
    return { dataset: oneOf('--dataset', dataset, DATASETS), model: oneOf('--model', model ?? 'rf', MODELS) };
  }
  if (!data || !target) throw new Error('--data and --target go together: a CSV file, and the column to predict');
  if (values.dataset !== undefined) throw new Error('--data and --dataset exclude each other');
  if (values['with-registry'])
    throw new Error('--with-registry does not go with --data: fill one with npm run train -- --registry');
  const name = `${basename(data, extname(data))}-${target}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { dataset: name, table: { dataPath: resolve(data), target }, model: oneOf('--model', model ?? AUTO, [AUTO, ...MODELS]) };
}

function refuseTaken(environment: Readonly<Record<string, string | undefined>>): void {
  const taken = optionsTakenByNpm(Object.keys(OPTIONS), environment);
  if (taken.length > 0) throw new Error(describeTaken(taken, 'npm start -- --dataset churn'));
}

/** The registry would be served, and the setting passed over in silence. */
function refuseOtherModel(environment: Readonly<Record<string, string | undefined>>): void {
  const given = MODEL_SETTINGS.filter((name) => environment[name]);
  if (given.length > 0)
    throw new Error(`--with-registry serves from .data/registry: leave out ${given.join(' and ')}, or the option`);
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Error(`${name} must be a whole number from 1 to 65535, not ${JSON.stringify(text)}`);
}

function oneOf(option: string, value: string, accepted: readonly string[]): string {
  if (accepted.includes(value)) return value;
  throw new Error(`${option} must be one of ${accepted.join(', ')}, not ${JSON.stringify(value)}`);
}

/** The models that are trained for a dataset. */
export const TRAINED_MODELS = MODELS;
