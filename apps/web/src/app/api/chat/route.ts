/** `/api/chat`: a conversation for the agent, its answer streamed. */
import { agent } from '../../../lib/server/agent.ts';
import { answerChat } from '../../../lib/server/chat.ts';

export const dynamic = 'force-dynamic';

export async function POST(request: Request): Promise<Response> {
  return answerChat(request, agent());
}
