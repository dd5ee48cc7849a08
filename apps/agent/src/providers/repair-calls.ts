/** Tool calls of a stream, with arguments that can be read and identifiers that no other call of the conversation has. */
import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider';

type Part = LanguageModelV4StreamPart;

const FENCED = /^```(?:\w+)?\s*([\s\S]*?)\s*```$/;

/** Repairs the calls of an answer to that prompt. */
export function repairCalls(prompt: LanguageModelV4Prompt): TransformStream<Part, Part> {
  const uniqueId = createUniqueIds(prompt);
  const open = new Map<string, string>();
  return new TransformStream({
    transform(part, controller) {
      if (part.type === 'tool-input-start') {
        open.set(part.id, uniqueId(part.id));
        controller.enqueue({ ...part, id: open.get(part.id)! });
      } else if (part.type === 'tool-input-delta' || part.type === 'tool-input-end') {
        controller.enqueue({ ...part, id: open.get(part.id) ?? part.id });
      } else if (part.type === 'tool-call') {
        const toolCallId = open.get(part.toolCallId) ?? uniqueId(part.toolCallId);
        open.delete(part.toolCallId);
        controller.enqueue({ ...part, toolCallId, input: repairInput(part.input) });
      } else controller.enqueue(part);
    },
  });
}

/** The arguments as the JSON of an object: nothing is none, a fence is taken off, and so is a string around it. */
function repairInput(input: string): string {
  const text = input.trim().replace(FENCED, '$1');
  if (text === '' || text === 'null') return '{}';
  if (!text.startsWith('"')) return text;
  try {
    const inner: unknown = JSON.parse(text);
    return typeof inner === 'string' && inner.trim().startsWith('{') ? inner : text;
  } catch {
    return text;
  }
}

function createUniqueIds(prompt: LanguageModelV4Prompt): (id: string) => string {
  const used = new Set(
    prompt.flatMap(({ role, content }) =>
      role === 'assistant' ? content.flatMap((part) => (part.type === 'tool-call' ? [part.toolCallId] : [])) : [],
    ),
  );
  return (id) => {
    let unique = id;
    for (let count = 2; used.has(unique); count++) unique = `${id}-${count}`;
    used.add(unique);
    return unique;
  };
}
