/** The port to whoever has the tools: the loop knows names, schemas and results, not how they travel. */

/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A tool as its server describes it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  /** Whether a call that may have arrived can be sent again without harm, as the server says. */
  readonly repeatable: boolean;
  /** Whether a call may change something: whoever does not say that it only reads may. */
  readonly writes: boolean;
}

/** What a call gave, in the shape in which MCP gives it: clients of the chat show it as it is. */
export interface ToolResult {
  /** The tool refused or failed; what it gave says why. */
  readonly isError: boolean;
  /** The result as data, where the tool has it. */
  readonly structuredContent?: unknown;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

/** A server of tools. */
export interface ToolServer {
  /** The tools there are now; undefined while the server cannot be reached. */
  tools(): readonly ToolDefinition[] | undefined;
  /**
   * Calls one.
   *
   * @throws ToolServerError when the server cannot be reached, or does not answer in time.
   */
  call(name: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ToolResult>;
}

/** The server of tools gave no answer: nothing is known of the call. */
export class ToolServerError extends Error {
  readonly code = 'TOOLS_UNAVAILABLE';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ToolServerError';
  }
}
