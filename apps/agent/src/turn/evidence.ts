/** What the tools of a conversation have said of classes: which were predicted, which have a figure. */
import type { UIMessage, UIMessageChunk } from 'ai';
import { isRecord } from '../tools/json-schema.ts';
import { dataOf } from '../tools/marked-data.ts';
import { isToolResult } from '../tools/tool-set.ts';

/** Fields whose value is a class that was predicted, or told by someone. */
const STATED = new Set(['prediction', 'predicted', 'label', 'feedback', 'class', 'most_likely']);

/** The classes that may be named. */
export interface Evidence {
  /** Predicted for a sample, or recorded as its true class. */
  readonly stated: ReadonlySet<string>;
  /** Named by a result as keys: they have a probability, a count or a contribution. */
  readonly listed: ReadonlySet<string>;
}

/** Evidence that grows with the results of the turn. */
export interface GrowingEvidence extends Evidence {
  /** To be told of every chunk. */
  see(chunk: UIMessageChunk): void;
}

/** Gathers what the conversation so far bears out. */
export function gatherEvidence(messages: readonly UIMessage[]): GrowingEvidence {
  const stated = new Set<string>();
  const listed = new Set<string>();

  function add(output: unknown): void {
    // A refusal bears nothing out, whatever words are in it.
    if (!isToolResult(output) || output.isError) return;
    collect(dataOf(output));
  }

  function collect(value: unknown): void {
    if (Array.isArray(value)) value.forEach(collect);
    if (!isRecord(value)) return;
    for (const [key, field] of Object.entries(value)) {
      if (typeof field === 'string' && STATED.has(key)) stated.add(field);
      else listed.add(key);
      collect(field);
    }
  }

  for (const { role, parts } of messages) {
    if (role !== 'assistant') continue;
    for (const part of parts) if (part.type === 'dynamic-tool' && part.state === 'output-available') add(part.output);
  }
  return {
    stated,
    listed,
    see: (chunk) => chunk.type === 'tool-output-available' && add(chunk.output),
  };
}
