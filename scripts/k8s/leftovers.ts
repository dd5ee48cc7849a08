/** What would share a strategy's traffic and is not its own: what another strategy left, and what others made. */
import type { ManifestObject, PodTemplate } from '../manifests/objects.ts';
import type { Cluster } from './cluster.ts';
import { OURS, type Strategy, selects } from './strategy.ts';

interface Listed extends ManifestObject {
  readonly metadata: ManifestObject['metadata'] & { readonly ownerReferences?: readonly unknown[] };
  readonly spec?: { readonly template?: PodTemplate };
}

/**
 * Deletes what another strategy left, and waits until its pods have ended: those that a deleted Deployment leaves behind for a moment
 * would still be selected.
 *
 * @param stays tells by a pod's labels whether it is to stay; without it none does.
 */
export async function removeLeftovers(
  cluster: Cluster,
  strategy: Strategy,
  stays: (labels: Readonly<Record<string, string>>) => boolean = () => false,
): Promise<void> {
  const leftovers = (await findOthers(cluster, strategy, OURS)).filter((object) => !stays(podLabels(object)));
  if (leftovers.length > 0) await cluster.run(['delete', '--cascade=foreground', ...leftovers.map(nameOf)]);
}

/** Names what others made and a Service of the strategy selects: it is theirs to delete. */
export async function warnOfForeign(cluster: Cluster, strategy: Strategy): Promise<void> {
  for (const object of await findOthers(cluster, strategy, OURS.replace('=', '!='))) {
    const sharing = strategy.services.find(({ spec }) => selects(spec.selector, podLabels(object)));
    if (sharing === undefined) continue;
    const name = nameOf(object);
    cluster.terminal.say(
      `${name} is not ours and shares the traffic of ${sharing.metadata.name}. To delete it: ${cluster.typed(['delete', name])}`,
    );
  }
}

/** Deployments and bare Pods that carry the `app` label a Service of the strategy selects and that the strategy does not have. */
async function findOthers(cluster: Cluster, strategy: Strategy, whose: string): Promise<Listed[]> {
  const own = new Set([...strategy.objects.values()].map(nameOf));
  const apps = [...new Set(strategy.services.map(({ spec }) => spec.selector.app!))];
  if (apps.length === 0) return [];
  const selector = `app in (${apps.join(',')}),${whose}`;
  const list = await cluster.json<{ readonly items: readonly Listed[] }>(['get', 'deployments,pods', '--selector', selector]);
  return (list?.items ?? []).filter((object) => object.metadata.ownerReferences === undefined && !own.has(nameOf(object)));
}

function podLabels({ metadata, spec }: Listed): Readonly<Record<string, string>> {
  return (spec?.template?.metadata ?? metadata).labels ?? {};
}

function nameOf({ kind, metadata }: ManifestObject): string {
  return `${kind.toLowerCase()}/${metadata.name}`;
}
