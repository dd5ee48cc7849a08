/** What another strategy left that would share a strategy's traffic. */
import type { ManifestObject } from '../manifests/objects.ts';
import type { Cluster } from './cluster.ts';
import type { Strategy } from './strategy.ts';

interface Listed extends ManifestObject {
  readonly metadata: ManifestObject['metadata'] & { readonly ownerReferences?: readonly unknown[] };
}

/**
 * Finds Deployments and bare Pods that carry the `app` label a Service of the strategy selects and that the strategy does not have.
 *
 * @returns their names, as `deployment/NAME` and `pod/NAME`.
 */
export async function findLeftovers(cluster: Cluster, strategy: Strategy): Promise<string[]> {
  const own = new Set([...strategy.objects.values()].map(nameOf));
  const apps = [...new Set(strategy.services.map(({ spec }) => spec.selector.app!))];
  if (apps.length === 0) return [];
  const list = await cluster.json<{ readonly items: readonly Listed[] }>([
    'get',
    'deployments,pods',
    '--selector',
    `app in (${apps.join(',')})`,
  ]);
  return (list?.items ?? [])
    .filter(({ metadata }) => metadata.ownerReferences === undefined)
    .map(nameOf)
    .filter((name) => !own.has(name));
}

function nameOf({ kind, metadata }: ManifestObject): string {
  return `${kind.toLowerCase()}/${metadata.name}`;
}
