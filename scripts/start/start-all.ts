/** Brings everything up in order, waits, and takes everything down in the reverse order. */
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Connection, resolveModelUri, TrackingError } from '@iris/tracking';
import { startLocalMlflow } from '@iris/tracking/local-server';
import { buildClient, isClientBuilt } from '../client/build.ts';
import { fillRegistry } from './fill-registry.ts';
import { longStep } from './long-step.ts';
import { REPOSITORY, StartError, type StartOptions } from './options.ts';
import { chooseLog } from './prediction-log.ts';
import { type Program, runProgram } from './program.ts';
import { listServices, type Service } from './services.ts';
import { modelFile, type TrainingRecords, trainMissing } from './train-missing.ts';

/** Longest wait until a service answers. */
const READY_MS = 30_000;
/** Alias in the local MLflow's registry that the model to serve gets: MODEL_URI=models:/iris@champion serves it. */
const ALIAS = 'champion';
/** Between two looks whether a service answers. */
const LOOK_MS = 50;

type Environment = Readonly<Record<string, string | undefined>>;
type Print = (line: string) => void;
type Undo = (() => Promise<void>)[];

/** Runs until the signal aborts or a service ends by itself (`failed`). */
export async function startAll(
  options: StartOptions,
  environment: Environment,
  interrupted: AbortSignal,
  print: Print,
): Promise<'stopped' | 'failed'> {
  const undo: Undo = [];
  try {
    await assertFree(options.port, 'PORT=8080');
    if (options.clientPort !== undefined) await assertFree(options.clientPort, 'CLIENT_PORT=8502');
    if (options.mcpPort !== undefined) await assertFree(options.mcpPort, 'MCP_PORT=8003');
    if (options.agentPort !== undefined) await assertFree(options.agentPort, 'AGENT_PORT=8004');
    if (options.mlflowPort !== undefined) await assertFree(options.mlflowPort, 'MLFLOW_PORT=5001');
    const mlflowUrl = await startMlflow(options, environment, undo, print);
    if (interrupted.aborted) return 'stopped';
    const records = await recordsOf(options, environment, mlflowUrl);
    const [registry] = await Promise.all([
      options.registry ? fillRegistry(options, environment.API_KEY, records, interrupted, print) : undefined,
      options.registry ? undefined : trainMissing(options, records, interrupted, print),
      options.clientPort === undefined ? undefined : buildClientIfStale(interrupted, print),
    ]);
    if (interrupted.aborted) return 'stopped';
    const log = await longStep('Opening the prediction log', () => chooseLog(options.home, environment), { print, interrupted });
    undo.push(() => log.stop());
    const services = listServices(options, {
      modelFile: modelFile(options, options.model),
      log: log.settings,
      mlflowUrl,
      registry,
    });
    const programs: Program[] = [];
    for (const service of services) {
      const start = () => startService(service, environment, interrupted, undo);
      programs.push(await longStep(`Starting the ${service.name}`, start, { print, interrupted }));
    }
    if (interrupted.aborted) return 'stopped';
    const others = {
      'prediction log': await log.describe(),
      ...(mlflowUrl && { MLflow: mlflowUrl }),
      ...(registry && {
        registry: registry.directory,
        'key (X-API-Key)': environment.API_KEY ? 'that of API_KEY' : registry.key,
      }),
    };
    printTable(services, others, print);
    return await untilEnd(programs, interrupted, print);
  } finally {
    for (const stop of undo.reverse()) await stop();
  }
}

/** A local store, which an empty MLFLOW_TRACKING_URI asks for, is `--mlflow` here: three trainings at once would make three servers. */
async function recordsOf(
  { dataset }: StartOptions,
  { MLFLOW_TRACKING_URI }: Environment,
  mlflowUrl: string | undefined,
): Promise<TrainingRecords> {
  if (mlflowUrl === undefined) return { uri: MLFLOW_TRACKING_URI || undefined, alias: undefined };
  return { uri: mlflowUrl, alias: (await hasAlias(mlflowUrl, dataset)) ? undefined : ALIAS };
}

function hasAlias(url: string, name: string): Promise<boolean> {
  return resolveModelUri(new Connection({ url }), { name, alias: ALIAS }).then(
    () => true,
    () => false,
  );
}

/** The rest works without it: where there is none to start, a line says so. */
async function startMlflow(
  { mlflowPort: port, home }: StartOptions,
  environment: Environment,
  undo: Undo,
  print: Print,
): Promise<string | undefined> {
  if (port === undefined) return undefined;
  try {
    const mlflow = await startLocalMlflow({ directory: join(home, '.data', 'mlflow'), port, environment, onNews: print });
    undo.push(() => mlflow.stop());
    return mlflow.url;
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    print(`Without MLflow: ${error.message}`);
    return undefined;
  }
}

async function buildClientIfStale(interrupted: AbortSignal, print: Print): Promise<void> {
  if (isClientBuilt()) return;
  const code = await longStep('Building the web client', () => buildClient(interrupted), { print, interrupted });
  if (code !== 0 && !interrupted.aborted) throw new StartError('The web client cannot be built; the lines above say why.');
}

async function assertFree(port: number, another: string): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', () =>
    reject(
      new StartError(
        `Port ${port} is taken: stop what listens there, or say ${another} npm start. A second npm start needs --home DIR too, a folder of its own.`,
      ),
    ),
  );
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  return promise;
}

async function startService(service: Service, environment: Environment, interrupted: AbortSignal, undo: Undo): Promise<Program> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const settings = { ...service.settings, ...given, ...service.ownSettings };
  const program = runProgram(resolve(REPOSITORY, service.entry), [], settings, service.output ?? 'shown', service.flags);
  undo.push(() => program.stop());
  const url = `http://127.0.0.1:${service.port}${service.readyPath}`;
  const deadline = performance.now() + READY_MS;
  while (!interrupted.aborted && !(await answersOk(url))) {
    if (performance.now() > deadline) throw new StartError(`${service.name} does not answer at ${url}; is HOST another address?`);
    if (program.hasEnded()) throw new StartError(`${service.name} ended while it started; the lines above say why.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return program;
}

async function answersOk(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function untilEnd(programs: readonly Program[], interrupted: AbortSignal, print: Print): Promise<'stopped' | 'failed'> {
  const aborted = new Promise<'stopped'>((resolve) => interrupted.addEventListener('abort', () => resolve('stopped')));
  const failed = Promise.race(programs.map(({ ended }) => ended)).then(() => 'failed' as const);
  const outcome = await Promise.race([aborted, failed]);
  print(outcome === 'stopped' ? '\nStopping …' : 'A service ended by itself; stopping the others.');
  return outcome;
}

function printTable(services: readonly Service[], others: Readonly<Record<string, string>>, print: Print): void {
  const rows = services.flatMap(({ port, addresses }) =>
    addresses.map(([what, path]) => [what, `http://localhost:${port}${path}`] as const),
  );
  // The address that a person wants is the last that is read.
  const table = [...Object.entries(others), ...rows];
  const width = Math.max(...table.map(([what]) => what.length));
  print('');
  for (const [what, where] of table) print(`  ${what.padEnd(width)}  ${where}`);
  print('\nCtrl-C stops everything.');
}
