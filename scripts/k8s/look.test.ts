import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { clusterIn } from './cluster.ts';
import { cleanAll, cleanStrategy, forward, forwards, logs, status } from './look.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { readStrategy } from './strategy.ts';

const portsOf = (strategy: string) => forwards(readStrategy(ROOT, strategy)).map(({ target, ports }) => `${target} ${ports}`);

describe('forward', () => {
  it.each([
    ['rolling', ['service/mlops-client-svc 8501:8501', 'service/mlops-server-svc 8000:8000']],
    ['churn', ['service/churn-api-service 30080:80']],
    ['mlops-nodeport', ['service/iris-api-service 8000:8000']],
    ['environments', ['pod/api-pod 8000:8000', 'pod/api-pod 8001:8000', 'pod/api-pod 8002:8000']],
  ])('%s: %j', (strategy, expected) => {
    expect(portsOf(strategy)).toEqual(expected);
  });

  it('goes to the strategy’s own namespace', async () => {
    const terminal = recordingTerminal();
    await forward(terminal, readStrategy(ROOT, 'mlops'), undefined);
    expect(terminal.lines).toEqual(['kubectl port-forward service/iris-api-service 8000:8000 --namespace mlops']);
  });
});

describe('status and logs', () => {
  it('show all of ours', async () => {
    const terminal = recordingTerminal();
    await status(clusterIn(terminal, undefined), true);
    await logs(clusterIn(terminal, 'mine'), true);
    expect(terminal.lines[0]).toMatch(
      /^kubectl get deployments,pods,.* --selector app.kubernetes.io\/part-of=iris --all-namespaces /,
    );
    expect(terminal.lines[1]).toMatch(/^kubectl logs --selector app.kubernetes.io\/part-of=iris .* --follow --namespace mine$/);
  });
});

describe('clean', () => {
  const cleanDatabase = async (data: boolean) => {
    const terminal = recordingTerminal();
    await cleanStrategy(terminal, readStrategy(ROOT, 'database'), undefined, data);
    return terminal.lines.join('\n');
  };

  it('leaves the volume, and the Secret whose password is in it', async () => {
    const lines = await cleanDatabase(false);
    expect(lines).toContain('60-deployment-postgres-db.yaml');
    expect(lines).not.toMatch(/persistent-volume-claim|secret/);
  });

  it('takes both when the data is to go', async () => {
    expect(await cleanDatabase(true)).toMatch(/persistent-volume-claim-postgres-pvc.yaml.*secret.yaml.example/);
  });

  it('takes a namespace that holds nothing else', async () => {
    const terminal = recordingTerminal();
    await cleanStrategy(terminal, readStrategy(ROOT, 'churn'), undefined, false);
    expect(terminal.changes().at(-1)).toBe('kubectl delete namespace churn-mlops --ignore-not-found');
  });

  it('leaves one in which others work, and says so', async () => {
    const terminal = recordingTerminal({
      "kubectl get deployments,statefulsets,daemonsets,pods,services,pvc --selector 'app": 'deployment.apps/theirs\n',
    });
    await cleanStrategy(terminal, readStrategy(ROOT, 'churn'), undefined, false);
    expect(terminal.changes().join('\n')).not.toContain('delete namespace');
    expect(terminal.said).toEqual(['Namespace churn-mlops stays: it holds deployment.apps/theirs, which is not ours.']);
  });

  it('without a strategy takes all of ours by our label, volumes only when asked', async () => {
    const own = { items: [{ kind: 'Namespace', metadata: { name: 'mlops' } }] };
    const terminal = recordingTerminal({ 'kubectl get namespaces': own });
    await cleanAll(terminal, undefined, false);
    expect(terminal.changes()).toEqual([
      expect.stringMatching(
        /^kubectl delete (?!.*(pvc|secrets)).* --selector app.kubernetes.io\/part-of=iris --ignore-not-found$/,
      ),
      'kubectl delete namespace mlops --ignore-not-found',
    ]);
    const thorough = recordingTerminal();
    await cleanAll(thorough, undefined, true);
    expect(thorough.lines[0]).toContain(',pvc,secrets ');
  });

  it('stays within a namespace that is named', async () => {
    const terminal = recordingTerminal({
      'kubectl get namespaces': { items: [{ kind: 'Namespace', metadata: { name: 'mlops' } }] },
    });
    await cleanAll(terminal, 'mine', false);
    expect(terminal.lines).toEqual([expect.stringMatching(/^kubectl delete .* --namespace mine$/)]);
  });
});
