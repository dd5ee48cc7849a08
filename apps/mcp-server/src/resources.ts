/** Resources: documents about the model, for applications that let people attach them to a conversation. */
import type { ReadResourceResult, Resource } from '@modelcontextprotocol/server';
import type { ModelCard } from './api/answers.ts';
import type { ApiClient } from './api/api-client.ts';

interface ReadableResource extends Resource {
  /** Reads the document from the API. */
  readonly read: (api: ApiClient) => Promise<unknown>;
}

const RESOURCES: readonly ReadableResource[] = [
  {
    uri: 'predictor://model-card',
    name: 'model-card',
    title: 'Model card',
    description: 'The served model: algorithm, version, dataset and figures on unseen samples.',
    read: (api) => api.get('/model'),
  },
  {
    uri: 'predictor://dataset-schema',
    name: 'dataset-schema',
    title: 'Dataset schema',
    description: 'Features with their units and ranges, the target and its classes.',
    read: async (api) => (await api.get<ModelCard>('/model')).dataset,
  },
  {
    uri: 'predictor://reference-samples',
    name: 'reference-samples',
    title: 'Reference samples',
    description: 'Samples of the training data with their true classes.',
    read: (api) => api.get('/samples'),
  },
];

const MIME_TYPE = 'application/json';

/** What `resources/list` answers. */
export const RESOURCE_LIST: readonly Resource[] = RESOURCES.map(({ read: _read, ...resource }) => ({
  ...resource,
  mimeType: MIME_TYPE,
}));

/**
 * Reads a resource; undefined when there is none of this address.
 *
 * @throws CallError when the API does not give it.
 */
export async function readResource(uri: string, api: ApiClient): Promise<ReadResourceResult | undefined> {
  const resource = RESOURCES.find((each) => each.uri === uri);
  return resource && { contents: [{ uri, mimeType: MIME_TYPE, text: JSON.stringify(await resource.read(api), undefined, 1) }] };
}
