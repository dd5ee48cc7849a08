/** `status` and `logs`. */
import { podTemplates } from '../manifests/objects.ts';
import { type Cluster, clusterIn } from './cluster.ts';
import { OURS, type Strategy } from './strategy.ts';
import { runTogether, type Terminal } from './terminal.ts';

/** Shows all of ours, or what is in one namespace. */
export async function status(cluster: Cluster, everywhere: boolean): Promise<void> {
  const where = everywhere ? ['--all-namespaces'] : [];
  const columns = ['--label-columns', 'version,track', '--output', 'wide'];
  await cluster.run(['get', 'deployments,pods,services,hpa,ingresses,cronjobs,pvc', '--selector', OURS, ...where, ...columns]);
}

/** Shows the last lines of the logs of a strategy's pods, in each of its namespaces; with `follow` those that come too. */
export async function logs(
  terminal: Terminal,
  strategy: Strategy,
  namespace: string | undefined,
  follow: boolean,
): Promise<void> {
  const apps = [...new Set(podTemplates(strategy.objects.values()).map(({ metadata }) => metadata.labels.app!))];
  const which = ['--selector', `${OURS},app in (${apps.join(',')})`, '--all-containers', '--prefix'];
  const args = ['logs', ...which, '--tail=20', '--max-log-requests=20', '--ignore-errors'];
  const clusters = (strategy.namespaces.length > 0 ? strategy.namespaces : [namespace]).map((own) => clusterIn(terminal, own));
  if (follow) return runTogether(clusters.map((cluster) => (signal) => cluster.run([...args, '--follow'], { signal })));
  for (const cluster of clusters) await cluster.run(args);
}
