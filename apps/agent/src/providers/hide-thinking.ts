/**
 * Thinking that stands in the text itself, between tags: it is not the answer, and what it considers is no claim. The SDK's
 * `extractReasoningMiddleware` knows one tag in one spelling, and has to be told whether the text begins inside it.
 * https://github.com/RooCodeInc/Roo-Code/issues/1087
 */
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';

const OPENING = /<(?:think|thinking|thought|reasoning)>\s*/i;
const CLOSING = /<\/(?:think|thinking|thought|reasoning)>\s*/i;
/** The beginning of a tag whose end may still come. */
const PARTIAL = /<\/?[a-z]{0,9}$/i;
/** Families whose prompt opens the tag itself, so that the text holds only its end. */
const BEGINS_INSIDE = /deepseek-r1|qwq|magistral|thinking|reasoner/i;

type Part = LanguageModelV4StreamPart;
/** In thinking, out of it, or not known until a closing tag comes or the text ends. */
type Place = 'inside' | 'outside' | 'unknown';

/** Takes the thinking out of the texts of a stream, and texts that hold nothing else. */
export function hideThinking(modelId: string): TransformStream<Part, Part> {
  const texts = new Map<string, ReturnType<typeof createText>>();
  /** Beginnings of texts of which nothing has been said yet. */
  const unsaid = new Map<string, Part>();
  return new TransformStream({
    transform(part, controller) {
      if (part.type === 'text-start') {
        texts.set(part.id, createText(BEGINS_INSIDE.test(modelId) ? 'unknown' : 'outside'));
        unsaid.set(part.id, part);
        return;
      }
      if (part.type !== 'text-delta' && part.type !== 'text-end') return controller.enqueue(part);
      const { id } = part;
      const text = texts.get(id);
      const delta = (part.type === 'text-delta' ? text?.add(part.delta) : text?.end()) ?? '';
      const start = unsaid.get(id);
      if (delta !== '') {
        if (start) controller.enqueue(start);
        unsaid.delete(id);
        controller.enqueue({ type: 'text-delta', id, delta });
      }
      if (part.type === 'text-end' && !unsaid.has(id)) controller.enqueue(part);
    },
  });
}

function createText(start: Place) {
  let place = start;
  let held = '';
  let hasSpoken = false;

  /** Without the blank lines between the thinking and the answer. */
  function say(text: string): string {
    const said = hasSpoken ? text : text.trimStart();
    hasSpoken ||= said !== '';
    return said;
  }

  function release(): string {
    let said = '';
    for (;;) {
      const tag = (place === 'outside' ? OPENING : CLOSING).exec(held);
      if (!tag) break;
      if (place === 'outside') said += held.slice(0, tag.index);
      held = held.slice(tag.index + tag[0].length);
      place = place === 'outside' ? 'inside' : 'outside';
    }
    if (place === 'unknown') return said;
    const end = PARTIAL.exec(held)?.index ?? held.length;
    if (place === 'outside') said += held.slice(0, end);
    held = held.slice(end);
    return said;
  }

  return {
    /** What of the text so far can be said. */
    add(delta: string): string {
      held += delta;
      // A text that opens the tag itself is like any other.
      if (place === 'unknown' && held.trimStart().search(OPENING) === 0) place = 'outside';
      return say(release());
    },
    /** What is left: all of it, where it turned out to hold no thinking. */
    end: () => (place === 'inside' ? '' : say(held)),
  };
}
