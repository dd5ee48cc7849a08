import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { clusterIn } from './cluster.ts';
import { logs, status } from './look.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { readStrategy } from './strategy.ts';

describe('status', () => {
  it('shows all of ours', async () => {
    const terminal = recordingTerminal();
    await status(clusterIn(terminal, undefined), true);
    expect(terminal.lines).toEqual([
      expect.stringMatching(/^kubectl get deployments,pods,.* --selector app.kubernetes.io\/part-of=iris --all-namespaces /),
    ]);
  });
});

describe('logs', () => {
  const logsOf = async (strategy: string, namespace: string | undefined, follow: boolean) => {
    const terminal = recordingTerminal();
    await logs(terminal, readStrategy(ROOT, strategy), namespace, follow);
    return terminal.lines;
  };

  it('are those of the strategy’s own pods', async () => {
    expect(await logsOf('database', 'mine', true)).toEqual([
      expect.stringMatching(
        /^kubectl logs --selector 'app.kubernetes.io\/part-of=iris,app in \(mlops-client,mlops-server,postgres,mlops-server-migrate,postgres-backup,postgres-restore,prediction-retention\)' .* --follow --namespace mine$/,
      ),
    ]);
  });

  it.each([false, true])('come from each of its namespaces (follow: %s)', async (follow) => {
    const namespaces = (await logsOf('environments', undefined, follow)).map((line) => line.split(' ').at(-1));
    expect(namespaces).toEqual(['dev', 'prod', 'qualif']);
  });
});
