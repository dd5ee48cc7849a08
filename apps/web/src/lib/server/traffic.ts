/** Answers `GET /api/traffic`. It keeps nothing between requests: any number of viewers may ask any instance of this client. */
import { MAX_PROBES, type TrafficRound } from '../api/traffic.ts';
import type { ApiClient } from './api-client.ts';
import { refuseOtherSites } from './forward.ts';
import { probeRound } from './probe.ts';
import type { ProbeBudget } from './probe-budget.ts';
import { problem } from './problems.ts';

/** Sends as many probes as the query's `requests` says, within the budget of all viewers. */
export async function answerTraffic(
  request: Request,
  client: Pick<ApiClient, 'onFreshConnection'>,
  budget: ProbeBudget,
): Promise<Response> {
  const refused = refuseOtherSites(request);
  if (refused) return refused;
  const wanted = Number(new URL(request.url).searchParams.get('requests'));
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_PROBES) {
    return problem('QUERY_NOT_FORWARDED', `requests must be a whole number from 1 to ${MAX_PROBES}.`);
  }
  const granted = budget(wanted);
  const round: TrafficRound = { held: wanted - granted, ...(await probeRound(client, granted, request.signal)) };
  return Response.json(round, { headers: { 'cache-control': 'no-store' } });
}
