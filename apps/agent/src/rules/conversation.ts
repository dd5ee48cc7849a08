/** A prompt as the rules read it: what the user said, what was called, and what came of it. */
import type { LanguageModelV4Prompt, LanguageModelV4ToolResultOutput } from '@ai-sdk/provider';
import { isRecord } from '../tools/json-schema.ts';
import { unmarkData } from '../tools/marked-data.ts';

/** A finished tool call. */
export interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
  /** Whether the user refused it, so that it was never made. */
  readonly isRefused?: boolean;
  /** What it gave: an object, or an error's text. Data: never read as words. */
  readonly data: unknown;
}

/** Something that happened. */
export type Happening = { readonly kind: 'said'; readonly text: string } | { readonly kind: 'called'; readonly call: Call };

/** A conversation, divided at the user's last message. */
export interface Conversation {
  /** Before it. */
  readonly earlier: readonly Happening[];
  readonly question: string;
  /** Calls since then. */
  readonly results: readonly Call[];
}

/** Reads a prompt. */
export function readConversation(prompt: LanguageModelV4Prompt): Conversation {
  const happenings = readHappenings(prompt);
  const last = happenings.findLastIndex(({ kind }) => kind === 'said');
  const question = happenings[last];
  return {
    earlier: happenings.slice(0, Math.max(0, last)),
    question: question?.kind === 'said' ? question.text : '',
    results: happenings.slice(last + 1).flatMap((happening) => (happening.kind === 'called' ? [happening.call] : [])),
  };
}

function readHappenings(prompt: LanguageModelV4Prompt): Happening[] {
  const inputs = new Map<string, Call['input']>();
  return prompt.flatMap((message): Happening[] => {
    if (message.role === 'user') {
      const text = message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
      return [{ kind: 'said', text }];
    }
    if (message.role === 'assistant') {
      for (const part of message.content)
        if (part.type === 'tool-call') inputs.set(part.toolCallId, isRecord(part.input) ? part.input : {});
    }
    if (message.role !== 'tool') return [];
    return message.content.flatMap((part): Happening[] => {
      if (part.type !== 'tool-result') return [];
      const call = { tool: part.toolName, input: inputs.get(part.toolCallId) ?? {}, ...readOutput(part.output) };
      return [{ kind: 'called', call }];
    });
  });
}

function readOutput(output: LanguageModelV4ToolResultOutput): Pick<Call, 'isError' | 'isRefused' | 'data'> {
  if (output.type === 'execution-denied') return { isError: true, isRefused: true, data: undefined };
  const isError = output.type.startsWith('error');
  const value = 'value' in output ? output.value : '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { isError, data: unmarkData(text) ?? text };
}
