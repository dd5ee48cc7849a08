import { describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { deploy } from './deploy.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { readStrategy } from './strategy.ts';

const SERVER_SERVICE = 'kubectl get service mlops-server-svc';
const SELECTED = "kubectl get deployments,pods --selector 'app in (mlops-client,mlops-server),app.kubernetes.io/part-of";
const OURS = `${SELECTED}=iris'`;
const FOREIGN = `${SELECTED}!=iris'`;

/** Every node port answers. */
vi.mock('./answers.ts', async (original) => ({
  ...(await original<typeof import('./answers.ts')>()),
  firstAnswer: async (_hosts: readonly string[], port: number) => `http://127.0.0.1:${port}`,
}));

const named = (kind: string, name: string, more = {}) => ({ kind, metadata: { name, ...more } });
/** A Deployment of servers whose pods have these labels too. */
const server = (name: string, labels = {}) => ({
  ...named('Deployment', name),
  spec: { template: { metadata: { labels: { app: 'mlops-server', ...labels } } } },
});
const items = (...objects: object[]) => ({ items: objects });

describe('deploy', () => {
  it('applies, waits for every Deployment, and says where it answers', async () => {
    const terminal = recordingTerminal();
    await deploy(terminal, readStrategy(ROOT, 'rolling'), undefined);
    expect(terminal.changes()).toEqual([
      'kubectl apply -k k8s/rolling',
      'kubectl rollout status deployment/mlops-client --timeout=400s',
      'kubectl rollout status deployment/mlops-server --timeout=400s',
    ]);
    expect(terminal.said).toEqual(['Answers at http://127.0.0.1:30801', 'Answers at http://127.0.0.1:30800']);
  });

  it('removes other Deployments and bare Pods of the same Service, after its own are Ready; the client stays', async () => {
    const terminal = recordingTerminal({
      [OURS]: items(
        server('mlops-server'),
        named('Deployment', 'mlops-client'),
        server('mlops-server-canary'),
        named('Pod', 'mlops-server-x', { ownerReferences: [{}] }),
        named('Pod', 'api-pod'),
      ),
    });
    await deploy(terminal, readStrategy(ROOT, 'rolling'), 'mine');
    expect(terminal.changes().at(-1)).toBe(
      'kubectl delete --cascade=foreground deployment/mlops-server-canary pod/api-pod --namespace mine',
    );
  });

  it('leaves what others made, and names what shares the traffic', async () => {
    const terminal = recordingTerminal({
      [FOREIGN]: items(
        named('Pod', 'by-hand', { labels: { app: 'mlops-server' } }),
        named('Pod', 'another', { labels: { app: 'mlops-server', version: 'red' } }),
        server('theirs', { version: 'blue' }),
      ),
    });
    await deploy(terminal, readStrategy(ROOT, 'blue-green'), 'mine');
    expect(terminal.changes().join('\n')).not.toContain('delete');
    expect(terminal.said).toContain(
      'deployment/theirs is not ours and shares the traffic of mlops-server-svc. To delete it: kubectl delete deployment/theirs --namespace mine',
    );
    expect(terminal.said.join('\n')).not.toMatch(/by-hand|another/);
  });

  it('removes a colour that nobody switched to before the Service would select it', async () => {
    const colours = ['blue', 'green'].map((version) => server(`mlops-server-${version}`, { version }));
    const terminal = recordingTerminal({
      [SERVER_SERVICE]: { spec: { selector: { app: 'mlops-server', version: 'blue' } } },
      [OURS]: items(...colours),
    });
    await deploy(terminal, readStrategy(ROOT, 'rolling'), undefined);
    const changes = terminal.changes();
    const idle = changes.indexOf('kubectl delete --cascade=foreground deployment/mlops-server-green');
    expect(idle).toBeGreaterThan(changes.indexOf('kubectl rollout status deployment/mlops-server --timeout=400s'));
    expect(idle).toBeLessThan(changes.indexOf('kubectl apply -k k8s/rolling'));
    expect(changes.at(-1)).toContain('deployment/mlops-server-blue');
  });

  it('makes the pods first where a Service in use is about to select others, and the idle colour after', async () => {
    const terminal = recordingTerminal({ [SERVER_SERVICE]: { spec: { selector: { app: 'mlops-server' } } } });
    await deploy(terminal, readStrategy(ROOT, 'blue-green'), undefined);
    const [first, ...then] = terminal.changes();
    expect(first).toMatch(/^kubectl apply -f .*60-deployment-mlops-server-blue.yaml/);
    expect(first).not.toMatch(/40-service|mlops-server-green/);
    expect(then.indexOf('kubectl rollout status deployment/mlops-server-blue --timeout=400s')).toBeLessThan(
      then.indexOf('kubectl apply -k k8s/blue-green'),
    );
  });

  it('leaves the Service as it is where the new pods do not become Ready, and says what is wrong with them', async () => {
    const waiting = { reason: 'ErrImagePull' };
    const pod = {
      metadata: { name: 'blue-1' },
      spec: { nodeName: 'node-1' },
      status: { containerStatuses: [{ image: 'mlops-server:0.1.0', restartCount: 0, state: { waiting } }] },
    };
    const terminal = recordingTerminal({
      [SERVER_SERVICE]: { spec: { selector: { app: 'mlops-server' } } },
      'kubectl rollout status deployment/mlops-server-blue': null,
      'kubectl get pods': items(pod),
    });
    await expect(deploy(terminal, readStrategy(ROOT, 'blue-green'), undefined)).rejects.toThrow(
      'pod blue-1: image mlops-server:0.1.0 is not on node node-1',
    );
    expect(terminal.changes()).not.toContain('kubectl apply -k k8s/blue-green');
  });

  it('makes a namespace, its Secret and its certificate before what needs them', async () => {
    const terminal = recordingTerminal();
    await deploy(terminal, readStrategy(ROOT, 'mlops'), undefined);
    expect(terminal.changes().map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'kubectl apply -f',
      'kubectl create -f',
      'openssl req -x509',
      'kubectl create secret',
      'kubectl label secret',
      'kubectl apply -k',
      'kubectl rollout status',
    ]);
    expect(terminal.said).toEqual(['To reach it from here: npm run k8s -- forward mlops']);
  });

  it('waits for bare Pods in each namespace', async () => {
    const terminal = recordingTerminal();
    await deploy(terminal, readStrategy(ROOT, 'environments'), undefined);
    expect(terminal.changes().filter((line) => line.includes(' wait '))).toEqual(
      ['dev', 'prod', 'qualif'].map((name) => `kubectl wait --for=condition=Ready pod/api-pod --timeout=90s --namespace ${name}`),
    );
  });
});
