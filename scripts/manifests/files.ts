/** What a rendered folder holds: one numbered file for each object, and a `Kustomization` that lists them. */
import { parseDocument } from 'yaml';

/** A file's name and text. */
export type RenderedFiles = ReadonlyMap<string, string>;

/** Order in which `kubectl apply -f` takes the kinds, for it goes by name: what others need comes first. */
const NUMBER_OF_KIND: Readonly<Record<string, string>> = {
  Namespace: '00',
  ServiceAccount: '10',
  NetworkPolicy: '20',
  ConfigMap: '30',
  PersistentVolumeClaim: '35',
  Service: '40',
  PodDisruptionBudget: '50',
  Deployment: '60',
  Pod: '60',
  Job: '65',
  CronJob: '70',
  HorizontalPodAutoscaler: '80',
  Ingress: '90',
};

interface ObjectName {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/**
 * Splits kustomize's output into files.
 *
 * @param stream YAML documents, divided by `---` lines.
 * @param source the folder they were rendered from, for the line on top of each file.
 * @returns in the order of their names, the `Kustomization` last.
 * @throws Error for a kind without a number, and for two objects with one name.
 */
export function renderedFiles(stream: string, source: string): RenderedFiles {
  const documents = stream.split(/^---\n/m).filter((text) => text.trim() !== '');
  const objects = documents.map((text) => ({ text, object: parseDocument(text).toJS() as ObjectName }));
  const namespaces = new Set(objects.map(({ object }) => object.metadata.namespace).filter((name) => name !== undefined));
  const heading = `# Rendered from ${source} by \`npm run manifests\`: make changes there.\n`;
  const files = new Map<string, string>();
  for (const { text, object } of objects) {
    const name = fileName(object, namespaces.size > 1);
    if (files.has(name)) throw new Error(`${source} has two objects for ${name}`);
    files.set(name, heading + text);
  }
  const names = [...files.keys()].sort();
  return new Map([...names.map((name) => [name, files.get(name)!] as const), ['Kustomization', heading + kustomization(names)]]);
}

function fileName({ kind, metadata: { name, namespace } }: ObjectName, namespaced: boolean): string {
  const number = NUMBER_OF_KIND[kind];
  if (number === undefined) throw new Error(`${kind} has no number yet: give it one in scripts/manifests/files.ts`);
  const words = [number, kebabCase(kind), ...(namespaced && namespace !== undefined ? [namespace] : []), name];
  return `${words.join('-')}.yaml`;
}

function kebabCase(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

function kustomization(names: readonly string[]): string {
  const lines = ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', 'resources:'];
  return [...lines, ...names.map((name) => `- ${name}`), ''].join('\n');
}
