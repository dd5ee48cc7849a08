/** `explain-prediction`: what each feature adds to each class. */
import type { DatasetSchema } from '@iris/dataset';
import { instanceArguments } from './instances.ts';
import { byClassSchema, object, probabilitiesSchema } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

/** Makes the tool. */
export function createExplainPrediction(schema: DatasetSchema): Tool {
  const share = byClassSchema(schema, { type: 'number' });
  const contribution = object({
    feature: { type: 'string', enum: schema.features.map(({ name }) => name) },
    value: { type: ['number', 'string'] },
    contributions: share,
  });
  const result = object({
    prediction: { type: 'string', enum: schema.classes, description: `Predicted ${schema.target}.` },
    class_index: { type: 'integer', minimum: 0 },
    probabilities: probabilitiesSchema(schema),
    model: { type: 'string' },
    version: { type: 'string' },
    base: { ...share, description: 'Mean probability of each class over the reference samples.' },
    contributions: { type: 'array', items: contribution, description: 'With `base` they sum to the probabilities.' },
    reference_samples: { type: 'integer', minimum: 0 },
    warnings: { type: 'array', items: { type: 'string' } },
  });
  const { schema: inputSchema, toInstance } = instanceArguments(schema);
  return {
    name: 'explain-prediction',
    title: `Explain a prediction of ${schema.target}`,
    description:
      'Tells why a sample is predicted as it is: the exact Shapley value of each feature for each class, in probability. It is not logged.',
    inputSchema,
    outputSchema: { ...result, required: result.required?.filter((name) => name !== 'warnings') ?? [] },
    annotations: READS,
    call: async (args, api) => ({ data: await api.post<object>('/explain', toInstance(args)) }),
  };
}
