/** Folders of `k8s/`, as a reader applies them; on a cluster where the course's node ports are taken, with others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../repository.ts';
import { kubectl } from './kubectl.ts';

/** Added to every node port, so that the tests can run beside a deployment of one's own. */
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
const SHIFT = Number(process.env.IRIS_NODE_PORT_SHIFT ?? 0);

/** Address of a node port of the course. */
export function nodePortUrl(port: number): string {
  return `http://127.0.0.1:${port + SHIFT}`;
}

/**
 * Applies a folder, into the namespace unless it names its own.
 *
 * @param options further ones of `kubectl apply`.
 */
export async function applyFolder(folder: string, namespace: string, options: readonly string[] = []): Promise<void> {
  const apply = [...(hasNamespace(folder) ? [] : ['--namespace', namespace]), 'apply', ...options];
  if (SHIFT === 0) await kubectl([...apply, `--filename=k8s/${folder}`]);
  else await kubectl([...apply, '--filename=-'], folderDocuments(folder));
}

/** The documents with other node ports. */
export function shifted(documents: string, by: number): string {
  return documents.replaceAll(/\bnodePort: (\d+)/g, (_, port: string) => `nodePort: ${Number(port) + by}`);
}

/** All documents of a folder, with the node ports of this run. */
export function folderDocuments(folder: string): string {
  return shiftNodePorts(readFolder(folder));
}

/** Documents with the node ports of this run. */
export function shiftNodePorts(documents: string): string {
  return shifted(documents, SHIFT);
}

function readFolder(folder: string): string {
  const path = join(ROOT, 'k8s', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.yaml'));
  return files.map((name) => readFileSync(join(path, name), 'utf8')).join('---\n');
}

function hasNamespace(folder: string): boolean {
  return readdirSync(join(ROOT, 'k8s', folder)).some((name) => name.startsWith('00-namespace'));
}
