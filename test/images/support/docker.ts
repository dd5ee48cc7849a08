/** Docker's command, for tests. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/**
 * Runs `docker` and returns what it printed on its standard output.
 *
 * @throws Error with what it printed on its standard error, when it fails.
 */
export async function docker(...words: readonly string[]): Promise<string> {
  const env = { ...process.env, DOCKER_BUILDKIT: '1' };
  return (await run('docker', words, { maxBuffer: LARGEST_OUTPUT, env })).stdout.trim();
}

/** Builds the repository's Dockerfile, in the network that the images were built in: another would find nothing in the cache. */
export async function build(...words: readonly string[]): Promise<string> {
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
  const network = process.env.DOCKER_BUILD_NETWORK;
  return docker('build', ...(network ? ['--network', network] : []), ...words, join(import.meta.dirname, '../../..'));
}

/** What Docker says of an image or a container, as far as tests ask. */
export interface Inspected {
  readonly Id: string;
  readonly Config: { readonly User: string; readonly Cmd: readonly string[]; readonly Labels: Readonly<Record<string, string>> };
  readonly State: {
    readonly Running: boolean;
    readonly OOMKilled: boolean;
    readonly ExitCode: number;
    readonly Health: { readonly Status: string };
  };
  readonly RestartCount: number;
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
}

/** Inspects an image or a container. */
export async function inspect(name: string): Promise<Inspected> {
  const [inspected] = JSON.parse(await docker('inspect', name));
  return inspected;
}

/** Runs a command in a new container of an image, hardened as a pod is, and returns what it printed. */
export async function runOnce(image: string, command: readonly string[], options: readonly string[] = []): Promise<string> {
  return docker('run', '--rm', ...HARDENED, ...options, image, ...command);
}

/** What the manifests ask of a pod: a root that cannot be written, no capability, no way to get any. */
export const HARDENED = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
