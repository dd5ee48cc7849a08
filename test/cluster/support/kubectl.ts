/** kubectl as a reader would type it. It knows the cluster by `KUBECONFIG` alone, so that the tests run on any. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../../repository.ts';

const run = promisify(execFile);
/** Longer than any wait of the tests: a command that hangs must not outlive them. */
const COMMAND_MS = 300_000;
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/**
 * Runs one command and returns what it printed.
 *
 * @param input given to it as its standard input, for `-f -`.
 * @throws with everything that it printed when it fails.
 */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const running = run('kubectl', args, { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES, timeout: COMMAND_MS });
  // A command that refuses its arguments does not read its input.
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`kubectl ${args.join(' ')}\n${stdout ?? ''}${stderr ?? message}`, { cause: error });
  }
}

/** Runs a command whose output is one JSON document. */
export async function kubectlJson<T>(args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl([...args, '--output=json']));
}

/**
 * Starts a command that goes on: `exec --stdin`, `port-forward`, `logs --follow`.
 *
 * Over SPDY: a WebSocket of kubectl ends with `i/o timeout` when a busy machine answers none of its heartbeats in time.
 */
export function startKubectl(args: readonly string[]) {
  const env = { ...process.env, KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false', KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false' };
  return spawn('kubectl', args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'], env });
}
