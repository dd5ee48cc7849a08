/** `switch` and `canary`: which pods serve. */
import type { Deployment, Service } from '../manifests/objects.ts';
import type { Cluster } from './cluster.ts';
import { waitForDeployment } from './rollout.ts';
import { CliError } from './terminal.ts';

const SERVICE = 'mlops-server-svc';
const STABLE = 'mlops-server-stable';
const CANARY = 'mlops-server-canary';
/** One to stay and one to try. */
const LEAST_PODS = 2;

/**
 * Moves all traffic to one colour by one patch, once all of its pods are Ready.
 *
 * @throws CliError if blue-green is not deployed, or the colour has no pods.
 */
export async function switchTo(cluster: Cluster, colour: string): Promise<void> {
  if (colour !== 'blue' && colour !== 'green') throw new CliError('Say which: npm run k8s -- switch blue|green');
  const service = await cluster.json<Service>(['get', 'service', SERVICE]);
  // A key that the Service was not applied with would stay in its selector through every later apply.
  if (service?.spec.selector.version === undefined)
    throw new CliError('There is nothing to switch: npm run k8s -- deploy blue-green');
  const deployment = `mlops-server-${colour}`;
  if ((await replicasOf(cluster, deployment, 'blue-green')) === 0)
    throw new CliError(`${deployment} is scaled to 0: kubectl scale it first`);
  await waitForDeployment(cluster, deployment);
  await cluster.run(['patch', 'service', SERVICE, '--patch', JSON.stringify({ spec: { selector: { version: colour } } })]);
}

/**
 * Gives the canary its share of the pods that there are in all, and so of the traffic.
 *
 * @param share whole percent, 0 to 100.
 * @throws CliError if the canary strategy is not deployed, for fewer than two pods in all, or for another share.
 */
export async function setCanary(cluster: Cluster, share: string): Promise<void> {
  if (!/^\d+$/.test(share) || Number(share) > 100)
    throw new CliError('The share is a whole number of percent, 0 to 100: npm run k8s -- canary 25');
  const percent = Number(share);
  const present = { stable: await replicasOf(cluster, STABLE, 'canary'), canary: await replicasOf(cluster, CANARY, 'canary') };
  const total = present.stable + present.canary;
  if (total < LEAST_PODS) {
    throw new CliError(
      `Of ${total} pods in all no share can be given: have at least ${LEAST_PODS}, by npm run k8s -- deploy canary`,
    );
  }
  const next = splitPods(total, percent);
  // Up before down: there are never fewer pods than before.
  const steps = [
    { name: STABLE, from: present.stable, to: next.stable },
    { name: CANARY, from: present.canary, to: next.canary },
  ].sort((a, b) => b.to - b.from - (a.to - a.from));
  for (const { name, from, to } of steps) {
    if (from === to) continue;
    await cluster.run(['scale', `deployment/${name}`, `--replicas=${to}`]);
    await waitForDeployment(cluster, name);
  }
  cluster.terminal.say(`${next.canary} of ${total} pods: ${Math.round((100 * next.canary) / total)} % of new connections`);
  const enough = podsFor(percent, total);
  if (enough === total) return;
  const more = cluster.typed(['scale', `deployment/${STABLE}`, `--replicas=${enough - next.canary}`]);
  cluster.terminal.say(`${percent} % takes ${enough} pods: ${more}, then npm run k8s -- canary ${percent} again`);
}

/** How many pods, of so many at least, can be split by a share exactly. */
export function podsFor(percent: number, atLeast: number): number {
  let pods = atLeast;
  while ((pods * percent) % 100 !== 0) pods += 1;
  return pods;
}

/**
 * Splits pods by a share; one that is neither none nor all leaves each side a pod.
 *
 * @param total how many pods there are, at least 2.
 * @param percent the canary's share.
 */
export function splitPods(total: number, percent: number): { readonly stable: number; readonly canary: number } {
  const rounded = Math.round((total * percent) / 100);
  const canary = percent === 0 || percent === 100 ? rounded : Math.min(Math.max(rounded, 1), total - 1);
  return { stable: total - canary, canary };
}

async function replicasOf(cluster: Cluster, name: string, strategy: string): Promise<number> {
  const deployment = await cluster.json<Deployment>(['get', 'deployment', name]);
  if (deployment === undefined) throw new CliError(`${name} is not there: npm run k8s -- deploy ${strategy}`);
  return deployment.spec.replicas ?? 1;
}
