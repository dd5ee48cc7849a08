/** `explain-prediction`: what each feature adds to each class. */
import type { DatasetSchema } from '@iris/dataset';
import { instanceArguments } from './instances.ts';
import { byClassSchema, object, probabilitiesSchema } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

const EXPLAINED =
  'In what `base`, `contributions` and `total` are. probability: of the class. share: of the votes of a forest’s trees, of which the probability is made. ' +
  'margin: log-odds, how far the class is ahead of the others; neither a probability nor a share, and without bounds.';

/** Makes the tool. */
export function createExplainPrediction(schema: DatasetSchema): Tool {
  const figures = byClassSchema(schema, { type: 'number' });
  const contribution = object({
    feature: { type: 'string', enum: schema.features.map(({ name }) => name) },
    value: { type: ['number', 'string', 'null'] },
    contributions: figures,
  });
  const result = object({
    prediction: { type: 'string', enum: schema.classes, description: `Predicted ${schema.target}.` },
    class_index: { type: 'integer', minimum: 0 },
    probabilities: probabilitiesSchema(schema),
    model: { type: 'string' },
    version: { type: 'string' },
    explained: { type: 'string', enum: ['probability', 'share', 'margin'], description: EXPLAINED },
    base: { ...figures, description: 'Mean of each class over the reference samples, of what is explained.' },
    total: { ...figures, description: 'What this sample has of what is explained.' },
    contributions: { type: 'array', items: contribution, description: 'With `base` they sum to `total`.' },
    reference_samples: { type: 'integer', minimum: 0 },
    warnings: { type: 'array', items: { type: 'string' } },
  });
  const { schema: inputSchema, toInstance } = instanceArguments(schema);
  return {
    name: 'explain-prediction',
    title: `Explain a prediction of ${schema.target}`,
    description:
      'Tells why a sample is predicted as it is: the Shapley value of each feature for each class. `explained` says in what: in probability, or for ' +
      'larger models in shares of votes or in log-odds, which are no probabilities. It is not logged.',
    inputSchema,
    outputSchema: { ...result, required: result.required?.filter((name) => name !== 'warnings') ?? [] },
    annotations: READS,
    call: async (args, api) => ({ data: await api.post<object>('/explain', toInstance(args)) }),
  };
}
