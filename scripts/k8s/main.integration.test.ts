/** `npm run k8s` as a process, with recording stand-ins for what a test cannot have: kind, minikube, docker. */
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { makeStandIns, type StandIns } from './stand-ins.ts';
import { allImages } from './strategy.ts';

const LOCAL = allImages(ROOT).filter((image) => !/^(postgres|curlimages)/.test(image));
const DOCKER = `case "$*" in images*) printf '%s\\n' ${LOCAL.join(' ')} other:1 ;; save*) echo archive ;; esac`;
const context = (name: string) => `case "$*" in *current-context*) echo ${name} ;; esac`;
/** A kubectl whose forwarded port leads to an API that answers everything with its own request. */
const FORWARDING = `case "$1" in
  port-forward) exec "$NODE" -e '
    require("node:http").createServer((request, response) => response.end(request.method + " key " + request.headers["x-api-key"]))
      .listen(Number(process.argv[1].split(":")[0]), "127.0.0.1")' "$3" ;;
  get) case "$*" in *"secret iris-secrets"*) echo '{"data": {"api-key": "aHVudGVyMg=="}}' ;; esac ;;
esac`;

let programs: StandIns | undefined;
const standIns = (bodies: Record<string, string>) => {
  programs = makeStandIns(bodies);
  return programs;
};
afterEach(() => programs?.remove());

describe('P5-8: setup', () => {
  it('starts minikube with policies, metrics and an ingress', async () => {
    const { run, calls } = standIns({ minikube: '', kubectl: '' });
    expect(await run('setup', 'minikube')).toMatchObject({ code: 0, stdout: expect.stringContaining('Next: npm run images') });
    expect(calls()).toEqual([
      'minikube start --driver=docker --memory=4096 --cpus=2 --cni=calico',
      'minikube addons enable metrics-server',
      'minikube addons enable ingress',
      'kubectl get --raw /readyz',
    ]);
  });

  it('makes a kind cluster whose node ports answer on this machine', async () => {
    const { run, calls } = standIns({ kind: 'case "$1" in create) cat >&2 ;; esac', kubectl: '' });
    const { code, stderr } = await run('setup');
    expect(code).toBe(0);
    expect(calls().slice(0, 3)).toEqual([
      'kind get clusters',
      'kind create cluster --name mlops-cluster --config -',
      expect.stringMatching(/^kubectl apply -f https:.*metrics-server/),
    ]);
    for (const port of [30001, 30080, 30800, 30801])
      expect(stderr).toContain(`containerPort: ${port}, hostPort: ${port}, listenAddress: 127.0.0.1`);
  });

  it('goes on with a kind cluster that is there', async () => {
    const { run, calls } = standIns({ kind: 'case "$*" in "get clusters") echo mlops-cluster ;; esac', kubectl: '' });
    expect((await run('setup', 'kind')).code).toBe(0);
    expect(calls()[1]).toBe('kind export kubeconfig --name mlops-cluster');
  });

  it('says what to install where there is neither', async () => {
    const { run } = standIns({ kubectl: '' });
    expect(await run('setup')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Neither minikube nor kind is on PATH: https://'),
    });
    expect(await run('setup', 'kind')).toMatchObject({ code: 1, stderr: expect.stringContaining('kind is not on PATH') });
  });
});

describe('P5-8: load', () => {
  it.each([
    ['kind-mlops-cluster', [`kind load docker-image ${LOCAL.join(' ')} --name mlops-cluster`]],
    ['minikube', LOCAL.map((image) => `minikube image load ${image}`)],
    ['docker-desktop', []],
    ['mine', LOCAL.flatMap((image) => [`docker save ${image}`, 'ctr --namespace k8s.io images import -'])],
  ])('into %s: the images that Docker has', async (name, expected) => {
    const { run, calls } = standIns({ kubectl: context(name), kind: '', minikube: '', docker: DOCKER, ctr: 'cat > /dev/null' });
    expect((await run('load')).code).toBe(0);
    const loads = calls().filter((call) => !/^kubectl|^docker images/.test(call));
    // The two ends of a pipe start in either order.
    expect(loads.sort()).toEqual(expected.sort());
  });

  it('says how to build an image that Docker does not have', async () => {
    const { run } = standIns({ kubectl: context('minikube'), minikube: '', docker: DOCKER });
    expect(await run('load', 'other:1', 'missing:1')).toMatchObject({
      code: 1,
      stderr: 'Docker has no missing:1. Build with: npm run images\n',
    });
  });
});

describe('P5-8: test', () => {
  it('asks by a forwarded port, with the key from the Secret, and ends the forwarding', async () => {
    const { run, calls } = standIns({ kubectl: FORWARDING });
    const { code, stdout } = await run('test', 'config');
    expect(stdout).toContain('GET /health → 200 GET key undefined');
    expect(stdout).toContain('POST /predict → 200 POST key hunter2');
    expect(stdout.replace('key hunter2', '')).not.toContain('hunter2');
    expect(calls().at(-1)).toMatch(/^kubectl port-forward service\/mlops-server-svc \d+:8000$/);
    expect(code).toBe(0);
  });
});

describe('P5-8: forward', () => {
  it('gives up all ports where one cannot be had', async () => {
    const { run } = standIns({
      kubectl: 'case "$*" in *mlops-client*) exit 1 ;; port-forward*) exec "$NODE" -e "setInterval(() => {}, 1e6)" ;; esac',
    });
    const { code, stdout, stderr } = await run('forward', 'rolling');
    expect(stdout).toContain('http://localhost:8000 leads to service/mlops-server-svc');
    expect([code, stderr]).toEqual([1, 'kubectl port-forward failed; see above.\n']);
  });
});

describe('what is shown and refused', () => {
  it('prints each command before it runs it', async () => {
    const { run } = standIns({ kubectl: '' });
    expect((await run('status')).stdout).toMatch(/^\$ kubectl get --raw \/readyz\n\$ kubectl get deployments,pods/);
  });

  it('explains itself', async () => {
    expect(await standIns({}).run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: npm run k8s') });
  });

  it.each([
    ['there is no kubectl', {}, ['status'], 'kubectl is not on PATH: https://kubernetes.io/docs/tasks/tools'],
    [
      'no cluster answers',
      { kubectl: 'exit 1' },
      ['deploy', 'rolling'],
      'No cluster answers. Start one with: npm run k8s -- setup',
    ],
    ['a folder has its own namespace', { kubectl: '' }, ['deploy', 'mlops', '-n', 'mine'], 'mlops has its own namespace (mlops)'],
    ['the command is not known', {}, ['scale'], 'There is no command "scale"'],
  ])('says in a line that %s', async (_what, bodies, args, message) => {
    const { code, stderr } = await standIns(bodies as Record<string, string>).run(...args);
    expect([code, stderr.trimEnd().split('\n')]).toEqual([1, [expect.stringContaining(message)]]);
  });
});
