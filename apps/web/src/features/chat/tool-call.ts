/** A tool call as it is shown. */
import type { DynamicToolUIPart } from 'ai';

/** How it went; `asks` while the user has not yet approved it, `stopped` when the answer or the question ended before the call. */
export type ToolState = 'asks' | 'running' | 'done' | 'failed' | 'refused' | 'stopped';

/** What a tool of MCP gives (`CallToolResult`), as far as it is shown. */
interface ToolResult {
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
}

/**
 * How a call went.
 *
 * @param isComing whether more of its message may come.
 * @param isLast whether its message is the last one: what an earlier one asked is settled.
 */
export function toolState(part: DynamicToolUIPart, isComing: boolean, isLast: boolean): ToolState {
  if (part.state === 'approval-requested') return isLast ? 'asks' : 'stopped';
  if (part.approval?.approved === false) return 'refused';
  if (part.state === 'output-available') return isResult(part.output) && part.output.isError ? 'failed' : 'done';
  if (part.state === 'output-error') return 'failed';
  return isComing ? 'running' : 'stopped';
}

/** What a call gave, as text; undefined while there is nothing. */
export function toolOutput(part: DynamicToolUIPart): string | undefined {
  if (part.state === 'output-error') return part.errorText;
  if (part.state !== 'output-available') return undefined;
  const { output } = part;
  if (!isResult(output)) return format(output);
  if (output.structuredContent !== undefined) return format(output.structuredContent);
  const texts = output.content?.flatMap(({ text }) => (text === undefined ? [] : [text])) ?? [];
  return texts.length > 0 ? texts.join('\n') : format(output);
}

/** A value as text: JSON, or a text itself. */
export function format(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

function isResult(output: unknown): output is ToolResult {
  return typeof output === 'object' && output !== null && ('content' in output || 'structuredContent' in output);
}
