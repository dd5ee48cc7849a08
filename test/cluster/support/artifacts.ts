/** Keeps what a failed test's namespace looked like: it is deleted soon after. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../repository.ts';
import { kubectl } from './kubectl.ts';

/** Where all that a run leaves is. */
export const REPORTS = join(ROOT, 'reports/cluster');

/** Writes the namespace's objects, events and the logs of its pods into a folder, and prints where. */
export async function keepArtifacts(namespace: string, name: string): Promise<void> {
  const folder = join(REPORTS, 'failures', name.replaceAll(/[^\w.-]+/g, '-').slice(0, 100));
  mkdirSync(folder, { recursive: true });
  const keep = async (file: string, ...args: string[]): Promise<void> => {
    const output = await kubectl(['--namespace', namespace, ...args]).catch((error: Error) => error.message);
    writeFileSync(join(folder, file), output);
  };
  await keep('pods.txt', 'get', 'pods', '--output=wide', '--show-labels');
  await keep('events.txt', 'get', 'events', '--sort-by=.lastTimestamp');
  await keep('describe.txt', 'describe', 'deployments,replicasets,pods,services,endpointslices,horizontalpodautoscalers');
  const pods = await kubectl(['--namespace', namespace, 'get', 'pods', '--output=name']).catch(() => '');
  for (const pod of pods.split('\n').filter(Boolean)) {
    const file = pod.replace('pod/', '');
    await keep(`${file}.log`, 'logs', pod, '--all-containers', '--timestamps', '--tail=2000');
    await keep(`${file}.previous.log`, 'logs', pod, '--all-containers', '--timestamps', '--previous', '--tail=2000');
  }
  process.stderr.write(`the namespace's pods, logs and events are in ${folder}\n`);
}
