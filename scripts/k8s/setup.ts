/** `setup` and `load`: a cluster on this machine, and the images in it. */
import { type Cluster, requireCluster } from './cluster.ts';
import { CliError, CommandFailed, type Terminal } from './terminal.ts';

const KIND_CLUSTER = 'mlops-cluster';
/** Every node port of the folders, so that it answers on this machine too. */
const NODE_PORTS = [30_001, 30_080, 30_800, 30_801, 30_900];
const METRICS = 'https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml';
/** Clusters whose nodes use this machine's own Docker. */
const SHARING_DOCKER = ['docker-desktop', 'orbstack', 'rancher-desktop'];

/** Starts a cluster with minikube or kind: the one that is named, or else the one that is installed. */
export async function setup(
  terminal: Terminal,
  wanted: string | undefined,
  isInstalled: (program: string) => boolean,
): Promise<void> {
  const known = ['minikube', 'kind'];
  if (wanted !== undefined && !known.includes(wanted)) throw new CliError('Say which: npm run k8s -- setup minikube|kind');
  const program = wanted ?? known.find(isInstalled);
  if (program === undefined || !isInstalled(program)) {
    throw new CliError(
      `${wanted ?? 'Neither minikube nor kind'} is ${wanted ? 'not ' : ''}on PATH: https://minikube.sigs.k8s.io or https://kind.sigs.k8s.io`,
    );
  }
  await (program === 'kind' ? setupKind(terminal) : setupMinikube(terminal));
  await requireCluster(terminal);
  terminal.say('Next: npm run images; npm run k8s -- load; npm run k8s -- deploy rolling');
}

/** Calico, because the network that minikube has by default lets every policy through. */
async function setupMinikube(terminal: Terminal): Promise<void> {
  await terminal.run('minikube', ['start', '--driver=docker', '--memory=4096', '--cpus=2', '--cni=calico']);
  for (const addon of ['metrics-server', 'ingress']) await terminal.run('minikube', ['addons', 'enable', addon]);
}

async function setupKind(terminal: Terminal): Promise<void> {
  const clusters = await terminal.read('kind', ['get', 'clusters']);
  if (clusters.split('\n').includes(KIND_CLUSTER)) {
    await terminal.run('kind', ['export', 'kubeconfig', '--name', KIND_CLUSTER]);
  } else {
    await terminal.run('kind', ['create', 'cluster', '--name', KIND_CLUSTER, '--config', '-'], { stdin: kindConfig() });
  }
  await terminal.run('kubectl', ['apply', '-f', METRICS]);
  // kind's kubelets have certificates that nobody signed.
  const patch = [{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--kubelet-insecure-tls' }];
  await terminal.run('kubectl', [
    'patch',
    'deployment',
    'metrics-server',
    '-n',
    'kube-system',
    '--type=json',
    '--patch',
    JSON.stringify(patch),
  ]);
}

function kindConfig(): string {
  const ports = NODE_PORTS.map((port) => `      - { containerPort: ${port}, hostPort: ${port}, listenAddress: 127.0.0.1 }\n`);
  return `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n  - role: control-plane\n    extraPortMappings:\n${ports.join('')}`;
}

/**
 * Gives the cluster's nodes images of this machine.
 *
 * @param wanted those that must be here; the others are loaded if they are.
 */
export async function load(cluster: Cluster, images: readonly string[], wanted: readonly string[]): Promise<void> {
  const { terminal } = cluster;
  const context = (await terminal.read('kubectl', ['config', 'current-context'])).trim();
  if (SHARING_DOCKER.includes(context)) return terminal.say(`${context} uses this machine's images: there is nothing to load.`);
  const present = await imagesPresent(terminal);
  const missing = wanted.filter((image) => !present.has(image));
  if (missing.length > 0) throw new CliError(`Docker has no ${missing.join(', ')}. Build with: npm run images`);
  const loaded = images.filter((image) => present.has(image));
  if (context.startsWith('kind-'))
    return terminal.run('kind', ['load', 'docker-image', ...loaded, '--name', context.slice('kind-'.length)]);
  for (const image of loaded) {
    if (context === 'minikube') await terminal.run('minikube', ['image', 'load', image]);
    else await loadIntoContainerd(terminal, image);
  }
}

async function imagesPresent(terminal: Terminal): Promise<Set<string>> {
  return new Set((await terminal.read('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n'));
}

/** For a node that is this machine. */
async function loadIntoContainerd(terminal: Terminal, image: string): Promise<void> {
  try {
    await terminal.run('sh', ['-c', 'docker save "$0" | ctr --namespace k8s.io images import -', image], {
      shown: `docker save ${image} | ctr --namespace k8s.io images import -`,
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new CliError('That did not work. On another machine than the node, push the images to a registry that it can reach.');
  }
}
