/** All tools of a dataset schema, in the order in which they are listed. Made once for a schema: their validators are what is dear. */
import type { DatasetSchema } from '@iris/dataset';
import type { Tool as WireTool } from '@modelcontextprotocol/server';
import { Ajv } from '@modelcontextprotocol/server/validators/ajv';
import { CallError, type FieldFault } from '../api/api-error.ts';
import { createCompareVersions } from './compare-versions.ts';
import { createDescribeModel } from './describe-model.ts';
import { createExplainPrediction } from './explain-prediction.ts';
import { createListPredictions } from './list-predictions.ts';
import { createPredict } from './predict.ts';
import { createPredictBatch } from './predict-batch.ts';
import { createPredictionStats } from './prediction-stats.ts';
import { createRecordFeedback } from './record-feedback.ts';
import type { Arguments, Tool } from './tool.ts';

/** Faults told of one call: who has made more has not read the schema. */
const MAX_FAULTS = 20;

/** A tool with its compiled input schema. */
interface ReadyTool extends Tool {
  /**
   * Gives the arguments back, if they are such.
   *
   * @throws CallError `VALIDATION_FAILED` with the faults.
   */
  validate(args: unknown): Arguments;
}

/** The tools of a dataset schema. */
export interface Toolbox {
  /** What `tools/list` answers. */
  readonly listing: WireTool[];
  find(name: string): ReadyTool | undefined;
}

/** Makes the tools. */
export function createToolbox(schema: DatasetSchema): Toolbox {
  const tools = [
    createPredict(schema),
    createPredictBatch(schema),
    createExplainPrediction(schema),
    createDescribeModel(),
    createListPredictions(schema),
    createPredictionStats(),
    createRecordFeedback(schema),
    createCompareVersions(),
  ];
  const ready = new Map(tools.map((tool) => [tool.name, { ...tool, validate: createValidator(tool) }]));
  return { listing: tools.map(listed), find: (name) => ready.get(name) };
}

function listed({ call: _call, ...description }: Tool): WireTool {
  return description as unknown as WireTool;
}

function createValidator({ inputSchema, name }: Tool): ReadyTool['validate'] {
  // Of a thousand wrong instances the first fault is enough, and all of them would fill the memory.
  const allErrors = !('instances' in inputSchema.properties);
  const check = new Ajv({ allErrors, strict: false, validateFormats: false }).compile(inputSchema);
  return function validate(args) {
    if (check(args)) return args as Arguments;
    const faults = (check.errors ?? []).slice(0, MAX_FAULTS).map(
      ({ instancePath, message = 'is not valid', params }): FieldFault => ({
        pointer: instancePath || '/',
        detail: message + allowedText(params),
      }),
    );
    throw new CallError('VALIDATION_FAILED', `These are not arguments of ${name}.`, faults);
  };
}

function allowedText(params: Readonly<Record<string, unknown>>): string {
  const { allowedValues, additionalProperty } = params;
  if (Array.isArray(allowedValues)) return `: ${allowedValues.join(', ')}`;
  return typeof additionalProperty === 'string' ? `: ${JSON.stringify(additionalProperty.slice(0, 100))}` : '';
}
