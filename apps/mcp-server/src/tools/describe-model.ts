/** `describe-model`: what is served, what it was trained on and how good it was. */
import { closed, object } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

const TEXT = { type: 'string' };
const DOCUMENT = { type: 'object' };

/** Makes the tool. */
export function createDescribeModel(): Tool {
  return {
    name: 'describe-model',
    title: 'Describe the model',
    description:
      'Tells which model is served: algorithm, version, the features with units and ranges, the classes, and its figures on unseen samples.',
    inputSchema: closed(object({})),
    outputSchema: object({
      name: TEXT,
      algorithm: TEXT,
      version: TEXT,
      dataset: DOCUMENT,
      metrics: DOCUMENT,
      training: DOCUMENT,
      checksum: TEXT,
    }),
    annotations: READS,
    call: async (_args, api) => ({ data: await api.get<object>('/model') }),
  };
}
