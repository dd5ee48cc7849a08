/** `predict`: one sample. */
import type { DatasetSchema } from '@iris/dataset';
import { instanceSchema, predictionSchema, REQUEST_ID } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

/** Makes the tool. */
export function createPredict(schema: DatasetSchema): Tool {
  return {
    name: 'predict',
    title: `Predict ${schema.target}`,
    description: `Predicts the ${schema.target} (${schema.classes.join(', ')}) of one sample from all of its features, with the probability of each class. ${schema.description}`,
    inputSchema: instanceSchema(schema, { request_id: REQUEST_ID }),
    outputSchema: predictionSchema(schema),
    annotations: { ...READS, idempotentHint: false },
    call: async (args, api) => ({ data: await api.post<object>('/predict', args), untrusted: args.request_id !== undefined }),
  };
}
