/** Which images the cluster has: without one its pods would wait, and the tests would end in a timeout that says nothing. */
import { kubectlJson } from './kubectl.ts';

/** All that the folders of `k8s/` name. */
export const IMAGES = [
  'mlops-server:0.1.0',
  'mlops-server:0.2.0',
  'mlops-server:0.3.0',
  'mlops-client:latest',
  'api:0.1.0',
  'api:0.2.0',
  'api:0.3.0',
  'iris-api:1.0.0',
  'churn-api:v1',
  'postgres:15',
  'curlimages/curl:8.11.0',
];

export interface Node {
  readonly metadata: { readonly name: string };
  readonly status: { readonly images?: readonly { readonly names?: readonly string[] }[] };
}

/** The cluster's nodes, with the images that each has. */
export async function readNodes(): Promise<readonly Node[]> {
  return (await kubectlJson<{ items: Node[] }>(['get', 'nodes'])).items;
}

/** `image on node` for each that a node lacks. Registries are left out of the names: a local image has none. */
export function missingImages(nodes: readonly Node[], images: readonly string[]): string[] {
  return nodes.flatMap(({ metadata, status }) => {
    const names = new Set((status.images ?? []).flatMap((image) => image.names ?? []).map(withoutRegistry));
    return images.filter((image) => !names.has(image)).map((image) => `${image} on ${metadata.name}`);
  });
}

function withoutRegistry(name: string): string {
  return name.replace(/^(docker\.io|localhost)\/(library\/)?/, '');
}
