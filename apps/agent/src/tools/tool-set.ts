/** The server's tools as the loop calls them: each call counted, each result handed to the model inside its mark. */
import { dynamicTool, jsonSchema, type ToolSet } from 'ai';
import { mark, markData } from './marked-data.ts';
import { type ToolDefinition, type ToolResult, type ToolServer, ToolServerError } from './tool-server.ts';

/** Told of each call before it is made; refuses by throwing. */
export type AdmitCall = (tool: string) => void;

/** Makes the set for a turn. */
export function toolSet(server: ToolServer, definitions: readonly ToolDefinition[], admit: AdmitCall): ToolSet {
  return Object.fromEntries(
    definitions.map(({ name, description, inputSchema }) => [
      name,
      dynamicTool({
        description,
        inputSchema: jsonSchema(inputSchema),
        async execute(input, { abortSignal = new AbortController().signal }) {
          admit(name);
          return server.call(name, input as Readonly<Record<string, unknown>>, abortSignal).catch(unanswered);
        },
        toModelOutput: ({ output }) => toModelOutput(name, output),
      }),
    ]),
  );
}

/** A server that is away is told to the model, and shown, as a tool's refusal is: with a code. */
function unanswered(error: unknown): ToolResult {
  if (!(error instanceof ToolServerError)) throw error;
  const { code, message: detail } = error;
  return { isError: true, structuredContent: { code, detail }, content: [{ type: 'text', text: `${code}: ${detail}` }] };
}

function toModelOutput(tool: string, output: unknown) {
  // From a client's history anything can come back.
  if (!isToolResult(output)) return { type: 'text' as const, value: mark(tool, output) };
  return { type: output.isError ? ('error-text' as const) : ('text' as const), value: markData(tool, output) };
}

/** Whether a value has the shape of a result. */
export function isToolResult(value: unknown): value is ToolResult {
  return typeof value === 'object' && value !== null && Array.isArray((value as Partial<ToolResult>).content);
}
