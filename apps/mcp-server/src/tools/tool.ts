/** What a tool is: a name, schemas derived from the dataset, and one call of the API. */
import type { JsonSchema } from '@iris/dataset';
import type { ApiClient } from '../api/api-client.ts';

/** Arguments that the tool's input schema has accepted. */
export type Arguments = Readonly<Record<string, unknown>>;

/** JSON Schema of an object, as the protocol asks for arguments and results. */
export interface ObjectSchema extends JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** A tool's result. */
export interface ToolResult {
  /** What the tool found: `structuredContent`, and the same as text. */
  readonly data: object;
  /** Whether it holds text that callers wrote or that comes from the log: the text is then marked as untrusted. */
  readonly untrusted?: boolean;
}

/** A tool for one dataset schema. */
export interface Tool {
  /** `verb-noun`. */
  readonly name: string;
  readonly title: string;
  /** For the model that chooses tools: what it does, when to use it, what it needs. */
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  /**
   * @throws CallError where there is no result.
   */
  call(args: Arguments, api: ApiClient): Promise<ToolResult>;
}

/** Looks, and changes nothing. A logged prediction is not a change: it is what the service does by itself. */
export const READS = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false } as const;
/** Writes; the same call again leaves things as they are. */
export const WRITES_ONCE = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false } as const;
