/** `/api/chat`: a conversation for the agent, its answer streamed. */
import { agent } from '../../../lib/server/agent.ts';
import { answerChat } from '../../../lib/server/chat.ts';
import { guarded } from '../../../lib/server/guarded.ts';

export const dynamic = 'force-dynamic';

export const POST = guarded((request) => answerChat(request, agent()));
