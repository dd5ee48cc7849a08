/** All tools of a dataset schema, in the order in which they are listed. Made once for a schema: their validators are what is dear. */
import { type DatasetSchema, splitWide } from '@iris/dataset';
import type { Tool as WireTool } from '@modelcontextprotocol/server';
import { Ajv } from '@modelcontextprotocol/server/validators/ajv';
import { CallError, type FieldFault } from '../api/api-error.ts';
import { createCheckDrift } from './check-drift.ts';
import { createCompareVersions } from './compare-versions.ts';
import { createDescribeModel } from './describe-model.ts';
import { createExplainPrediction } from './explain-prediction.ts';
import { createListPredictions } from './list-predictions.ts';
import { createPredict } from './predict.ts';
import { createPredictBatch } from './predict-batch.ts';
import { createPredictionStats } from './prediction-stats.ts';
import { readArguments } from './read-arguments.ts';
import { createRecordFeedback } from './record-feedback.ts';
import type { Arguments, Tool } from './tool.ts';

/** Faults told of one call: who has made more has not read the schema. */
const MAX_FAULTS = 20;
const MAX_POINTER = 100;
/** What clients add to every call for themselves (n8n-io/n8n#21500): nothing to tell a model of. */
const OF_CLIENTS = new Set(['/toolCallId', '/sessionId', '/action', '/chatInput']);

/** A tool with its compiled input schema. */
interface ReadyTool extends Tool {
  /**
   * Reads the arguments.
   *
   * @returns them as the schema has them, and pointers to what of them was ignored.
   * @throws CallError `VALIDATION_FAILED` with the faults.
   */
  validate(given: unknown): { readonly args: Arguments; readonly ignored: readonly string[] };
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
    createCheckDrift(),
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
  const check = new Ajv({ allErrors, strict: false, validateFormats: false }).compile(splitWide(inputSchema));
  return function validate(given) {
    const { args, ignored } = readArguments(inputSchema, given);
    if (check(args))
      return { args: args as Arguments, ignored: ignored.filter((pointer) => !OF_CLIENTS.has(pointer)).slice(0, MAX_FAULTS) };
    const wrong = (check.errors ?? []).map(
      ({ instancePath, message = 'is not valid', params }): FieldFault => ({
        pointer: instancePath || '/',
        detail: message + allowedText(params),
      }),
    );
    // A name that is slightly wrong explains the one that is missing.
    const unknown = ignored.map((pointer): FieldFault => ({ pointer: pointer.slice(0, MAX_POINTER), detail: 'is no argument' }));
    const faults = [...wrong, ...unknown].slice(0, MAX_FAULTS);
    throw new CallError('VALIDATION_FAILED', `These are not arguments of ${name}.`, faults);
  };
}

function allowedText(params: Readonly<Record<string, unknown>>): string {
  const { allowedValues } = params;
  return Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
}
