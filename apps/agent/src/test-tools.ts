/** Tools for tests: the contract of the real MCP server over any dataset schema, with answers that are made up but consistent. */
import { type DatasetSchema, namedSampleProperties } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import type { ToolDefinition, ToolResult, ToolServer } from './tools/tool-server.ts';

export const IRIS = loadIris().schema;
export const CHURN = generateChurn({ sampleCount: 50 }).schema;
/** A dataset that no code has heard of. */
export const SOIL: DatasetSchema = {
  name: 'soil',
  description: 'Soil samples.',
  target: 'soil',
  classes: ['sand', 'silt', 'clay', 'peat'],
  features: [
    { kind: 'numeric', name: 'ph', unit: 'pH', observed: { min: 4, max: 8 }, plausible: { min: 0, max: 14 } },
    { kind: 'numeric', name: 'moisture', unit: '%', observed: { min: 5, max: 80 }, plausible: { min: 0, max: 100 } },
    { kind: 'categorical', name: 'colour', levels: ['pale', 'brown', 'grey', 'black'] },
    { kind: 'numeric', name: 'organic_matter', unit: '%', observed: { min: 1, max: 50 }, plausible: { min: 0, max: 100 } },
    { kind: 'categorical', name: 'drainage', levels: ['good', 'moderate', 'poor'] },
  ],
};

/** A call that was made. */
export interface MadeCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A server of tools inside the test. */
export interface TestToolServer extends ToolServer {
  readonly calls: MadeCall[];
}

/** The tools' descriptions, as the real server lists them. */
export function definitionsOf(schema: DatasetSchema): ToolDefinition[] {
  const sample = namedSampleProperties(schema);
  const requestId = { type: 'string', minLength: 1, maxLength: 200 };
  const required = Object.keys(sample);
  const span = { from: { type: 'string' }, to: { type: 'string' } };
  const item = { type: 'object', properties: sample, required };
  const filter = {
    limit: { type: 'integer' },
    cursor: { type: 'string' },
    version: { type: 'string' },
    prediction: { enum: schema.classes },
  };
  const inputs: Readonly<Record<string, readonly [properties: object, required: readonly string[]]>> = {
    predict: [{ ...sample, request_id: requestId }, required],
    'predict-batch': [{ instances: { type: 'array', items: item } }, ['instances']],
    'explain-prediction': [sample, required],
    'describe-model': [{}, []],
    'list-predictions': [filter, []],
    'prediction-stats': [span, []],
    'record-feedback': [{ request_id: requestId, label: { type: 'string', enum: schema.classes } }, ['request_id', 'label']],
    'compare-versions': [span, []],
    'check-drift': [{ last: { enum: ['1h', '6h', '24h', '7d'] } }, []],
  };
  return Object.entries(inputs).map(([name, [properties, needed]]) => ({
    name,
    description: name,
    inputSchema: { type: 'object', properties, required: needed, additionalProperties: false },
    repeatable: true,
    writes: name === 'record-feedback',
  }));
}

/** Makes the server; `answers` replaces what a tool gives. */
export function createTestTools(
  schema: DatasetSchema,
  answers: Readonly<Record<string, (input: MadeCall['input']) => unknown>> = {},
): TestToolServer {
  const calls: MadeCall[] = [];
  const definitions = definitionsOf(schema);
  return {
    calls,
    tools: () => definitions,
    async call(name, input, signal) {
      signal.throwIfAborted();
      calls.push({ name, input });
      const answer = answers[name] ?? ANSWERS[name];
      return present(await answer?.(input, schema));
    },
  };
}

/** A refusal, as the real server gives it. */
export function refusal(text: string): ToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}

function present(data: unknown): ToolResult {
  if (typeof data === 'object' && data !== null && 'isError' in data) return data as ToolResult;
  return { isError: false, structuredContent: data, content: [{ type: 'text', text: JSON.stringify(data) }] };
}

type Answer = (input: MadeCall['input'], schema: DatasetSchema) => unknown;

const predictionOf: Answer = (input, { classes }) => {
  const label = classes[0]!;
  const rest = (1 - 0.9) / (classes.length - 1);
  const probabilities = Object.fromEntries(classes.map((name) => [name, name === label ? 0.9 : rest]));
  return {
    prediction: label,
    class_index: 0,
    probabilities,
    model: 'rf',
    version: '0.1.0',
    request_id: input.request_id ?? 'req-1',
  };
};

const ANSWERS: Readonly<Record<string, Answer>> = {
  predict: predictionOf,
  'predict-batch': ({ instances }, schema) => ({
    predictions: (instances as MadeCall['input'][]).map((each, index) => ({
      ...(predictionOf(each, schema) as object),
      request_id: `batch-${index}`,
    })),
  }),
  'explain-prediction': (input, schema) => ({
    ...(predictionOf(input, schema) as object),
    explained: 'probability',
    base: Object.fromEntries(schema.classes.map((name) => [name, 1 / schema.classes.length])),
    contributions: schema.features.map(({ name }, index) => ({
      feature: name,
      value: input[name],
      contributions: Object.fromEntries(schema.classes.map((label) => [label, 0.1 * (index + 1)])),
    })),
    reference_samples: 100,
  }),
  'describe-model': (_input, schema) => ({
    name: 'rf',
    algorithm: 'rf',
    version: '0.1.0',
    dataset: schema,
    metrics: { accuracy: 0.95 },
    training: {},
    checksum: 'c',
  }),
  'list-predictions': (_input, { classes }) => ({
    predictions: [
      {
        id: '7',
        created_at: '2026-11-20T10:00:00.000Z',
        prediction: classes[1],
        request_id: 'listed-1',
        model: 'rf',
        version: '0.1.0',
        features: {},
        probabilities: { [classes[1]!]: 0.8 },
        instance: null,
        feedback: null,
      },
    ],
    next_cursor: 'c2',
  }),
  'prediction-stats': (_input, { classes }) => ({
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-21T00:00:00.000Z',
    predictions: 3,
    by_class: { [classes[0]!]: 2, [classes[1]!]: 1 },
    by_version: [VERSION],
  }),
  'record-feedback': ({ request_id, label }) => ({ request_id, label }),
  'compare-versions': () => ({
    from: '2026-11-20',
    to: '2026-11-21',
    versions: [VERSION, VERSION],
    best: null,
    verdict: 'Not told apart.',
  }),
  'check-drift': () => DRIFT,
};

const DRIFT = {
  from: '2026-11-20T12:00:00.000Z',
  to: '2026-11-21T12:00:00.000Z',
  rows: 500,
  verdict: 'drift',
  min_rows: 50,
  drift_by_columns: {
    petal_width: { column_name: 'petal_width', effect: 0.873, verdict: 'drift' },
    petal_length: { column_name: 'petal_length', effect: 0.03, verdict: 'none' },
  },
  accuracy: { estimated: 0.9, judged: 40, actual: { estimate: 0.875, low: 0.74, high: 0.95 } },
};

const VERSION = {
  version: '0.1.0',
  predictions: 3,
  by_class: {},
  judged: 2,
  correct: 1,
  accuracy: { estimate: 0.5, low: 0.1, high: 0.9 },
};
