/** Brings everything up in order, waits, and takes everything down in the reverse order. */
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startLocalPostgres } from '@iris/local-postgres';
import { StartError, type StartOptions, TRAINED_MODELS } from './options.ts';
import { type Program, runProgram } from './program.ts';
import { listServices, type Service } from './services.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DATA = join(ROOT, '.data');
const MODELS = join(ROOT, 'models');
/** Version of what `npm start` trains. */
const VERSION = '0.1.0';

type Environment = Readonly<Record<string, string | undefined>>;
type Print = (line: string) => void;

/** Runs until the signal aborts or a service ends by itself (`failed`). */
export async function startAll(
  options: StartOptions,
  environment: Environment,
  interrupted: AbortSignal,
  print: Print,
): Promise<'stopped' | 'failed'> {
  const undo: (() => Promise<void>)[] = [];
  try {
    await assertFree(options.port);
    await trainMissing(options.dataset, interrupted, print);
    const databaseUrl = environment.DATABASE_URL || (await startDatabase(undo));
    const surroundings = {
      modelFile: modelFile(options.dataset, options.model),
      databaseUrl,
      spoolDirectory: join(DATA, 'spool'),
    };
    const services = listServices(options, surroundings);
    const programs: Program[] = [];
    for (const service of services) programs.push(await startService(service, environment, interrupted, undo));
    if (interrupted.aborted) return 'stopped';
    printTable(services, databaseUrl, print);
    return await untilEnd(programs, interrupted, print);
  } finally {
    for (const stop of undo.reverse()) await stop();
  }
}

async function assertFree(port: number): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', () =>
    reject(new StartError(`Port ${port} is taken: stop what listens there, or choose another with PORT=8080 npm start`)),
  );
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  return promise;
}

function modelFile(dataset: string, model: string): string {
  return join(MODELS, `${dataset}-${model}.json`);
}

async function trainMissing(dataset: string, interrupted: AbortSignal, print: Print): Promise<void> {
  const missing = TRAINED_MODELS.filter((model) => !existsSync(modelFile(dataset, model)));
  if (missing.length === 0) return;
  print(`Training ${missing.join(', ')} on ${dataset} …`);
  const failed = await Promise.all(missing.map((model) => train(dataset, model, interrupted)));
  if (failed.includes(true) && !interrupted.aborted) throw new StartError('Training failed; the lines above say why.');
}

async function train(dataset: string, model: string, interrupted: AbortSignal): Promise<boolean> {
  const args = [
    '--dataset',
    dataset,
    '--model',
    model,
    '--version',
    VERSION,
    '--out',
    modelFile(dataset, model),
    '--evaluate',
    'holdout',
  ];
  const program = runProgram(join(ROOT, 'apps/trainer/src/main.ts'), args, {}, 'quiet');
  interrupted.addEventListener('abort', () => void program.stop());
  return (await program.ended) !== 0;
}

async function startDatabase(undo: (() => Promise<void>)[]): Promise<string> {
  mkdirSync(DATA, { recursive: true });
  const postgres = await startLocalPostgres({
    dataDirectory: join(DATA, 'postgres'),
    database: 'irisdb',
    user: 'iris',
    password: 'iris',
  });
  undo.push(() => postgres.stop());
  return postgres.url;
}

async function startService(
  service: Service,
  environment: Environment,
  interrupted: AbortSignal,
  undo: (() => Promise<void>)[],
): Promise<Program> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const program = runProgram(join(ROOT, service.entry), [], { ...service.settings, ...given }, 'shown');
  undo.push(() => program.stop());
  const url = `http://127.0.0.1:${service.port}${service.readyPath}`;
  while (!interrupted.aborted && !(await answersOk(url))) {
    if (program.hasEnded()) throw new StartError(`${service.name} ended while it started; the lines above say why.`);
  }
  return program;
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Nothing listens yet: wait a little, the process takes a fraction of a second.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
}

async function untilEnd(programs: readonly Program[], interrupted: AbortSignal, print: Print): Promise<'stopped' | 'failed'> {
  const aborted = new Promise<'stopped'>((resolve) => interrupted.addEventListener('abort', () => resolve('stopped')));
  const failed = Promise.race(programs.map(({ ended }) => ended)).then(() => 'failed' as const);
  const outcome = await Promise.race([aborted, failed]);
  print(outcome === 'stopped' ? '\nStopping …' : 'A service ended by itself; stopping the others.');
  return outcome;
}

function printTable(services: readonly Service[], databaseUrl: string, print: Print): void {
  const rows = services.flatMap(({ port, addresses }) =>
    addresses.map(([what, path]) => [what, `http://localhost:${port}${path}`] as const),
  );
  const width = Math.max(...rows.map(([what]) => what.length), 'PostgreSQL'.length);
  print('');
  for (const [what, address] of [...rows, ['PostgreSQL', databaseUrl] as const]) print(`  ${what.padEnd(width)}  ${address}`);
  print('\nCtrl-C stops everything.');
}
