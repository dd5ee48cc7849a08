/** `clean`: deletes what was deployed. */
import type { ManifestObject } from '../manifests/objects.ts';
import { type Cluster, clusterIn } from './cluster.ts';
import { OURS, type Strategy } from './strategy.ts';
import type { Terminal } from './terminal.ts';

/** Kinds that hold nothing which cannot be made again. */
const KINDS = 'cronjobs,jobs,hpa,ingresses,deployments,pods,services,pdb,configmaps,networkpolicies,serviceaccounts';
/** Kinds whose content is lost with them. */
const DATA_KINDS = 'pvc,secrets';
/** Kinds that others may have and we do not. */
const OTHER_KINDS = 'statefulsets,daemonsets,replicasets';
/** What Kubernetes itself puts into every namespace. */
const DEFAULTS = ['configmap/kube-root-ca.crt', 'serviceaccount/default'];

/** Deletes what a strategy made. Volumes and Secrets stay, and with them their namespace, unless `data` says otherwise. */
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
  for (const own of strategy.namespaces) await deleteNamespace(clusterIn(terminal, own), own, data);
}

/** Deletes all of ours in a namespace; if none is named, in the current one and in the namespaces that are ours, and these. */
export async function cleanAll(terminal: Terminal, namespace: string | undefined, data: boolean): Promise<void> {
  const ours = namespace === undefined ? await ourNamespaces(clusterIn(terminal, undefined)) : [];
  const kinds = data ? `${KINDS},${DATA_KINDS}` : KINDS;
  for (const scope of [namespace, ...ours]) {
    await clusterIn(terminal, scope).run(['delete', kinds, '--selector', OURS, '--ignore-not-found']);
  }
  for (const own of ours) await deleteNamespace(clusterIn(terminal, own), own, data);
}

async function ourNamespaces(cluster: Cluster): Promise<string[]> {
  const list = await cluster.json<{ readonly items: readonly ManifestObject[] }>(['get', 'namespaces', '--selector', OURS]);
  return (list?.items ?? []).map(({ metadata }) => metadata.name);
}

/** A namespace goes with everything in it: one in which others work, or with data that is to stay, stays. */
async function deleteNamespace(cluster: Cluster, name: string, data: boolean): Promise<void> {
  const foreign = await namesOf(cluster, `${KINDS},${DATA_KINDS},${OTHER_KINDS}`, OURS.replace('=', '!='));
  const kept = data ? [] : await namesOf(cluster, DATA_KINDS, OURS);
  const command = ['delete', 'namespace', name];
  if (foreign.length + kept.length === 0) return cluster.terminal.run('kubectl', [...command, '--ignore-not-found']);
  const holds = [
    ...(kept.length > 0 ? [`our data (${kept.join(', ')})`] : []),
    ...(foreign.length > 0 ? [`what is not ours (${foreign.join(', ')})`] : []),
  ].join(' and ');
  cluster.terminal.say(`Namespace ${name} stays: it holds ${holds}. To delete it with all of that: kubectl ${command.join(' ')}`);
}

async function namesOf(cluster: Cluster, kinds: string, selector: string): Promise<string[]> {
  const names = await cluster.read(['get', kinds, '--selector', selector, '--output', 'name']);
  return names.split('\n').filter((name) => name !== '' && !DEFAULTS.includes(name));
}
