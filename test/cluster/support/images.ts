/** Which images the cluster has: without one its pods would wait, and the tests would end in a timeout that says nothing. */
import { kubectlJson } from './kubectl.ts';

/** A node, as the API server tells of it. */
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
