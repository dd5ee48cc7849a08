/** Brings everything up in order, waits, and takes everything down in the reverse order. */
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { buildClient, isClientBuilt } from '../client/build.ts';
import { REPOSITORY, StartError, type StartOptions } from './options.ts';
import { chooseLog } from './prediction-log.ts';
import { type Program, runProgram } from './program.ts';
import { listServices, type Service } from './services.ts';
import { modelFile, trainMissing } from './train-missing.ts';

/** Longest wait until a service answers. */
const READY_MS = 30_000;
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
    await Promise.all([
      trainMissing(options, interrupted, print),
      options.clientPort === undefined ? undefined : buildClientIfStale(interrupted, print),
    ]);
    if (interrupted.aborted) return 'stopped';
    const log = await chooseLog(options.home, environment);
    undo.push(() => log.stop());
    const services = listServices(options, { modelFile: modelFile(options, options.model), log: log.settings });
    const programs: Program[] = [];
    for (const service of services) programs.push(await startService(service, environment, interrupted, undo));
    if (interrupted.aborted) return 'stopped';
    printTable(services, await log.describe(), print);
    return await untilEnd(programs, interrupted, print);
  } finally {
    for (const stop of undo.reverse()) await stop();
  }
}

async function buildClientIfStale(interrupted: AbortSignal, print: Print): Promise<void> {
  if (isClientBuilt()) return;
  print('Building the web client …');
  const code = await buildClient(interrupted);
  if (code !== 0 && !interrupted.aborted) throw new StartError('The web client cannot be built; the lines above say why.');
}

async function assertFree(port: number, another: string): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', () =>
    reject(
      new StartError(
        `Port ${port} is taken: stop what listens there (another npm start?), or use ${another} npm start -- --home DIR`,
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

function printTable(services: readonly Service[], log: string, print: Print): void {
  const rows = services.flatMap(({ port, addresses }) =>
    addresses.map(([what, path]) => [what, `http://localhost:${port}${path}`] as const),
  );
  // The address that a person wants is the last that is read.
  const table = [['prediction log', log] as const, ...rows];
  const width = Math.max(...table.map(([what]) => what.length));
  print('');
  for (const [what, where] of table) print(`  ${what.padEnd(width)}  ${where}`);
  print('\nCtrl-C stops everything.');
}
