/** Tool calls that a turn leaves without a result when it is ended: they are closed, so that no client shows them as running for ever. */
import type { UIMessageChunk } from 'ai';

/** Follows the calls of a turn. */
export function closeOpenCalls() {
  const open = new Set<string>();
  return {
    /** To be told of every chunk. */
    see(chunk: UIMessageChunk): void {
      if (chunk.type === 'tool-input-start' || chunk.type === 'tool-input-available') open.add(chunk.toolCallId);
      else if (chunk.type.startsWith('tool-output-') || chunk.type === 'tool-input-error')
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
