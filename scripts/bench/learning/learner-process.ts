/** A learner as a process: one request at a time, each answered before the next. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { LearnAnswer, LearnRequest } from './learner.ts';

/** A comparator has algorithms of its own. */
type Request = Omit<LearnRequest, 'algorithm'> & { readonly algorithm: string };

/** A running learner. */
export interface LearnerProcess {
  ask(request: Request): Promise<LearnAnswer>;
  end(): void;
}

/** Threads that spin while they wait take what the other learner needs: as many as there are jobs, and passive. */
const ENVIRONMENT = { OMP_NUM_THREADS: '2', OPENBLAS_NUM_THREADS: '2', OMP_WAIT_POLICY: 'PASSIVE' };

/** Starts a learner. */
export function startLearner(command: string, args: readonly string[]): LearnerProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...ENVIRONMENT } });
  const lines = createInterface({ input: child.stdout });
  const ended = failure(child, command);
  return {
    async ask(request) {
      const line = once(lines, 'line');
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const [text] = (await Promise.race([line, ended])) as [string];
      return JSON.parse(text) as LearnAnswer;
    },
    end: () => child.stdin.end(),
  };
}

function failure(child: ChildProcess, command: string): Promise<never> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${command} has ended with ${code}`);
  });
  ended.catch(() => undefined);
  return ended;
}
