/** Calls Docker's command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ImagesError } from './options.ts';

/** What a command printed, both streams in their order, and how it ended. */
interface Ran {
  readonly code: number;
  readonly printed: string;
}

/**
 * Runs `docker` in the repository.
 *
 * @param show also passes on what it prints, as it comes.
 * @throws ImagesError when there is no such command.
 */
export async function docker(words: readonly string[], directory: string, show = false): Promise<Ran> {
  // Docker 20 builds with BuildKit only when it is told to; newer ones do anyway.
  const env = { ...process.env, DOCKER_BUILDKIT: '1' };
  const child = spawn('docker', words, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    if (show) stream.pipe(process.stderr, { end: false });
  }
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code: code ?? 1, printed: `${Buffer.concat(pieces)}${signal ? `ended by ${signal}\n` : ''}` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ImagesError(
      'There is no docker command here. Images are built with Docker: https://docs.docker.com/engine/install',
    );
  }
}

/**
 * Makes sure that a daemon answers.
 *
 * @throws ImagesError with Docker's own words if none does.
 */
export async function requireDaemon(directory: string): Promise<void> {
  const { code, printed } = await docker(['version', '--format', '{{.Server.Version}}'], directory);
  if (code === 0) return;
  const [reason = ''] = printed.trim().split('\n').slice(-1);
  throw new ImagesError(`Docker does not answer; start it, or set DOCKER_HOST to where it listens.\n${reason}`);
}
