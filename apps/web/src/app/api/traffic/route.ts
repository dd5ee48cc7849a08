/** `/api/traffic?requests=20`: sends that many probes to the API, each over a fresh connection, and tells who answered. */
import { api } from '../../../lib/server/api.ts';
import { createProbeBudget } from '../../../lib/server/probe-budget.ts';
import { answerTraffic } from '../../../lib/server/traffic.ts';

export const dynamic = 'force-dynamic';

const budget = createProbeBudget(() => performance.now());

export async function GET(request: Request): Promise<Response> {
  return answerTraffic(request, api(), budget);
}
