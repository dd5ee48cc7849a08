/**
 * Tool calls that a turn leaves without a result when it is ended: they are closed, so that no client shows them as running for ever, or
 * sends an answered one again by itself.
 */
import type { UIMessage, UIMessageChunk } from 'ai';
import { answeredCalls } from './approvals.ts';

const CLOSING = new Set(['tool-input-error', 'tool-approval-request']);

/** Follows the calls of a turn, and those of the last message that the user has answered. */
export function closeOpenCalls(last: UIMessage | undefined) {
  const open = new Set(answeredCalls(last).map(({ toolCallId }) => toolCallId));
  return {
    /** To be told of every chunk. */
    see(chunk: UIMessageChunk): void {
      if (chunk.type === 'tool-input-start' || chunk.type === 'tool-input-available') open.add(chunk.toolCallId);
      // What waits for the user is open on purpose.
      else if (CLOSING.has(chunk.type) || chunk.type.startsWith('tool-output-'))
        open.delete((chunk as { toolCallId: string }).toolCallId);
    },
    /** The chunks that close what is open. */
    close: (): UIMessageChunk[] =>
      [...open].map((toolCallId) => ({
        type: 'tool-output-error',
        toolCallId,
        dynamic: true,
        errorText: 'The turn ended before the tool answered.',
      })),
  };
}
