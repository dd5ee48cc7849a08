/**
 * Builds the web client when what it is built of has changed.
 *
 *     node scripts/client/build.ts --stamp      notes what the build at hand was made of; the client's own `build` script ends with it
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const SERVER = join(ROOT, 'apps/web/.next/standalone/apps/web');
const STAMP = join(SERVER, 'built-of.txt');

/** The program that serves the built client. */
export const CLIENT_PROGRAM = join(SERVER, 'launch/main.js');

/**
 * Flags of Node that keep the client's server below 200 MiB: without them it grows to 400 before it is tidied up. With a heap of 64 MiB
 * it ends when 500 slow requests are in flight; with 96 it holds them in 193.
 */
export const CLIENT_FLAGS = ['--max-old-space-size=96', '--max-semi-space-size=1'];

/** Everything that the build reads. Tests are not in it, nor what the programs of other apps are made of. */
const INPUTS = [
  'package-lock.json',
  'tsconfig.base.json',
  'scripts/bundle.ts',
  'apps/web/{package,tsconfig}.json',
  'apps/web/next.config.ts',
  'apps/web/{messages,src}/**/*.{css,json,svg,ts,tsx}',
  'packages/{dataset,http-server,model-file,settings,telemetry}/src/**/*.ts',
  'packages/prediction-log/src/wilson-interval.ts',
];

/** Whether the built client is there and made of what is in the checkout now. */
export function isClientBuilt(): boolean {
  try {
    return readFileSync(STAMP, 'utf8') === digestOfInputs();
  } catch {
    return false;
  }
}

/**
 * Builds the client.
 *
 * @returns the exit code; what was printed has been shown if it is not 0.
 */
export async function buildClient(interrupted: AbortSignal): Promise<number> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = spawn(npm, ['run', 'build', '--silent', '--workspace', '@iris/web'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that an interrupt ends npm, the shell and Next together.
    detached: true,
  });
  const end = () => process.kill(-child.pid!, 'SIGTERM');
  interrupted.addEventListener('abort', end);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  interrupted.removeEventListener('abort', end);
  if (code !== 0 && !interrupted.aborted) process.stderr.write(Buffer.concat(printed));
  return code ?? 1;
}

function digestOfInputs(): string {
  const digest = createHash('sha256');
  for (const path of globSync(INPUTS, { cwd: ROOT }).sort()) {
    if (!/\.test\.tsx?$/.test(path)) digest.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  }
  return digest.digest('hex');
}

if (import.meta.main && process.argv[2] === '--stamp') writeFileSync(STAMP, digestOfInputs());
