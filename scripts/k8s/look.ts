/** `status`, `logs`, `forward` and `clean`. */
import type { ManifestObject } from '../manifests/objects.ts';
import { type Cluster, clusterIn } from './cluster.ts';
import { OURS, type Strategy } from './strategy.ts';
import type { Terminal } from './terminal.ts';

/** Kinds that hold nothing which cannot be made again. */
const KINDS = 'cronjobs,jobs,hpa,ingresses,deployments,pods,services,pdb,configmaps,networkpolicies,serviceaccounts';
const FIRST_UNPRIVILEGED_PORT = 1024;

/** Shows all of ours, or what is in one namespace. */
export async function status(cluster: Cluster, everywhere: boolean): Promise<void> {
  const where = everywhere ? ['--all-namespaces'] : [];
  const columns = ['--label-columns', 'version,track', '--output', 'wide'];
  await cluster.run(['get', 'deployments,pods,services,hpa,ingresses,cronjobs,pvc', '--selector', OURS, ...where, ...columns]);
}

/** Shows the last lines of all our pods' logs. */
export async function logs(cluster: Cluster, follow: boolean): Promise<void> {
  const args = [
    'logs',
    '--selector',
    OURS,
    '--all-containers',
    '--prefix',
    '--tail=20',
    '--max-log-requests=20',
    '--ignore-errors',
  ];
  await cluster.run(follow ? [...args, '--follow'] : args);
}

/** Which local port leads to what. */
export function forwards(
  strategy: Strategy,
): { readonly target: string; readonly namespace: string | undefined; readonly ports: string }[] {
  const services = strategy.services.flatMap(({ metadata, spec }) =>
    spec.ports
      .filter(({ name }) => name === 'http')
      .map(({ port, nodePort }) => ({
        target: `service/${metadata.name}`,
        namespace: metadata.namespace,
        ports: `${port < FIRST_UNPRIVILEGED_PORT ? nodePort : port}:${port}`,
      })),
  );
  if (services.length > 0) return services.filter(({ target }) => !target.endsWith('-nodeport'));
  return strategy.pods.map(({ metadata }, index) => ({
    target: `pod/${metadata.name}`,
    namespace: metadata.namespace,
    ports: `${8000 + index}:8000`,
  }));
}

/** Leads local ports to a strategy until it is interrupted. */
export async function forward(terminal: Terminal, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const started = forwards(strategy).map(({ target, namespace: own, ports }) =>
    clusterIn(terminal, own ?? namespace).run(['port-forward', target, ports]),
  );
  await Promise.all(started);
}

/** Deletes what a strategy made. Volumes and the Secrets that belong to them stay, unless `data` says otherwise. */
export async function cleanStrategy(
  terminal: Terminal,
  strategy: Strategy,
  namespace: string | undefined,
  data: boolean,
): Promise<void> {
  const cluster = clusterIn(terminal, namespace);
  const kept = data ? ['Namespace'] : ['Namespace', 'PersistentVolumeClaim'];
  const files = [...strategy.objects]
    .filter(([, { kind }]) => !kept.includes(kind))
    .map(([file]) => `${strategy.folder}/${file}`);
  if (data && strategy.secrets.length > 0) files.push(`${strategy.folder}/secret.yaml.example`);
  await cluster.run(['delete', '--ignore-not-found', ...files.flatMap((file) => ['-f', file])]);
  for (const own of strategy.namespaces) await deleteNamespace(terminal, own);
}

/** Deletes all of ours in a namespace; if none is named, in the current one, and the namespaces that are ours. */
export async function cleanAll(terminal: Terminal, namespace: string | undefined, data: boolean): Promise<void> {
  const kinds = data ? `${KINDS},pvc,secrets` : KINDS;
  await clusterIn(terminal, namespace).run(['delete', kinds, '--selector', OURS, '--ignore-not-found']);
  if (namespace !== undefined) return;
  const own = await clusterIn(terminal, undefined).json<{ readonly items: readonly ManifestObject[] }>([
    'get',
    'namespaces',
    '--selector',
    OURS,
  ]);
  for (const { metadata } of own?.items ?? []) await deleteNamespace(terminal, metadata.name);
}

/** A namespace goes with everything in it: one in which others work stays. */
async function deleteNamespace(terminal: Terminal, name: string): Promise<void> {
  const foreign = [
    'get',
    'deployments,statefulsets,daemonsets,pods,services,pvc',
    '--selector',
    OURS.replace('=', '!='),
    '--output',
    'name',
  ];
  const others = (await clusterIn(terminal, name).read(foreign)).trim();
  if (others === '') await terminal.run('kubectl', ['delete', 'namespace', name, '--ignore-not-found']);
  else terminal.say(`Namespace ${name} stays: it holds ${others.split('\n').join(', ')}, which is not ours.`);
}
