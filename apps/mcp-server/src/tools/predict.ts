/** `predict`: one sample. */
import type { DatasetSchema } from '@iris/dataset';
import { instanceArguments } from './instances.ts';
import { predictionSchema, REQUEST_ID } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

/** Makes the tool. */
export function createPredict(schema: DatasetSchema): Tool {
  const { schema: inputSchema, toInstance } = instanceArguments(schema, { request_id: REQUEST_ID });
  return {
    name: 'predict',
    title: `Predict ${schema.target}`,
    description: `Predicts the ${schema.target} (${schema.classes.join(', ')}) of one sample from all of its features, with the probability of each class. ${schema.description}`,
    inputSchema,
    outputSchema: predictionSchema(schema),
    annotations: { ...READS, idempotentHint: false },
    async call(args, api) {
      return { data: await api.post<object>('/predict', toInstance(args)), untrusted: args.request_id !== undefined };
    },
  };
}
