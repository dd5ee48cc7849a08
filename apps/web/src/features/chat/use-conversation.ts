/** The conversation of the page: the AI SDK's protocol to the client's own server, with failures as `ApiProblem`. */
'use client';
import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport, lastAssistantMessageIsCompleteWithApprovalResponses, type UIMessage } from 'ai';
import { useState } from 'react';
import { type ApiProblem, fetchAnswer } from '../../lib/api/client.ts';
import type { AnswerApproval } from './approval.tsx';
import { problemOf } from './chat-problems.ts';

/** So often, in milliseconds, what streams in is shown. */
const SHOW_EACH_MS = 50;

/** What the agent does: nothing, not a word yet, or it speaks. */
type Phase = 'ready' | 'waiting' | 'speaking';

export interface Conversation {
  readonly messages: readonly UIMessage[];
  readonly phase: Phase;
  /** Why the last question has no whole answer. */
  readonly problem: ApiProblem | undefined;
  readonly ask: (question: string) => void;
  /** Answers a call that waits for the user; the agent goes on by itself. */
  readonly answer: AnswerApproval;
  /** Ends the answer that is coming; what is there of it stays. */
  readonly stop: () => void;
  /** Asks the last question again, in the place of its answer. */
  readonly again: () => void;
  /** Begins a new conversation. */
  readonly restart: () => void;
}

/** Keeps the page's conversation; its answer ends with the page. */
export function useConversation(): Conversation {
  const [transport] = useState(createTransport);
  const { messages, status, error, sendMessage, stop, regenerate, setMessages, clearError, addToolApprovalResponse } = useChat({
    transport,
    throttle: SHOW_EACH_MS,
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  });
  return {
    messages,
    phase: phaseOf(status, messages.at(-1)),
    problem: error && problemOf(error),
    ask: (text) => void sendMessage({ text }),
    answer: (id, approved) => void addToolApprovalResponse({ id, approved }),
    stop: () => void stop(),
    again: () => void regenerate(),
    restart() {
      clearError();
      setMessages([]);
    },
  };
}

function createTransport() {
  return new DefaultChatTransport({
    api: '/api/chat',
    fetch: (path, init) => fetchAnswer(String(path), init),
    // Nothing but the conversation: whose it is, the agent need not know.
    prepareSendMessagesRequest: ({ messages }) => ({ body: { messages } }),
  });
}

function phaseOf(status: ReturnType<typeof useChat>['status'], last: UIMessage | undefined): Phase {
  if (status === 'ready' || status === 'error') return 'ready';
  return last?.role === 'assistant' && last.parts.length > 0 ? 'speaking' : 'waiting';
}
