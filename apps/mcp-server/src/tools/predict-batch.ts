/** `predict-batch`: many samples in one call. */
import type { DatasetSchema } from '@iris/dataset';
import { instanceArguments } from './instances.ts';
import { closed, object, predictionSchema, REQUEST_ID } from './schemas.ts';
import { type Arguments, READS, type Tool } from './tool.ts';

/** Most samples of one call: a model has to read the answer. */
const MAX_INSTANCES = 1000;

/** Makes the tool. */
export function createPredictBatch(schema: DatasetSchema): Tool {
  const { schema: items, toInstance } = instanceArguments(schema, { request_id: REQUEST_ID });
  return {
    name: 'predict-batch',
    title: `Predict ${schema.target} of many samples`,
    description: `Predicts the ${schema.target} of up to ${MAX_INSTANCES} samples at once, in the order in which they are given.`,
    inputSchema: closed(object({ instances: { type: 'array', items, minItems: 1, maxItems: MAX_INSTANCES } })),
    outputSchema: object({ predictions: { type: 'array', items: predictionSchema(schema) } }),
    annotations: { ...READS, idempotentHint: false },
    async call(args, api) {
      const given = args.instances as readonly Arguments[];
      const data = await api.post<object>('/predict/batch', { instances: given.map(toInstance) });
      return { data, untrusted: given.some(({ request_id }) => request_id !== undefined) };
    },
  };
}
