/** What the user has said of the calls that waited for him: the parts of a message with an answer that no turn has acted on yet. */
import type { DynamicToolUIPart, UIMessage } from 'ai';

/** A call that was approved or refused. */
type AnsweredCall = Extract<DynamicToolUIPart, { readonly state: 'approval-responded' }>;

/** The answered calls of a message; only the agent's messages have any. */
export function answeredCalls(message: UIMessage | undefined): AnsweredCall[] {
  const parts = message?.role === 'assistant' ? message.parts : [];
  return parts.filter((part): part is AnsweredCall => part.type === 'dynamic-tool' && part.state === 'approval-responded');
}
