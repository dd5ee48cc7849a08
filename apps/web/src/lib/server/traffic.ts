/** Answers `POST /api/traffic`. It keeps nothing between requests: any number of viewers may ask any instance of this client. */
import { MAX_PROBES, type TrafficRound } from '../api/traffic.ts';
import type { ApiClient } from './api-client.ts';
import { probeRound } from './probe.ts';
import type { ProbeBudget } from './probe-budget.ts';
import { problem } from './problems.ts';
import { readBounded } from './read-bounded.ts';

const MAX_BODY_BYTES = 1024;

/** Sends as many probes as the body's `requests` says, within the budget of all viewers. */
export async function answerTraffic(
  request: Request,
  client: Pick<ApiClient, 'onFreshConnection'>,
  budget: ProbeBudget,
): Promise<Response> {
  const wanted = await readRequests(request);
  if (wanted === undefined) {
    return problem('REQUESTS_INVALID', `requests must be a whole number from 1 to ${MAX_PROBES}.`);
  }
  const granted = budget(wanted);
  const round: TrafficRound = { held: wanted - granted, ...(await probeRound(client, granted, request.signal)) };
  return Response.json(round, { headers: { 'cache-control': 'no-store' } });
}

/** A body of another shape or size is not read on. */
async function readRequests(request: Request): Promise<number | undefined> {
  const body = await readBounded(request, MAX_BODY_BYTES);
  try {
    const { requests } = JSON.parse(body?.toString() ?? '') as { readonly requests?: unknown };
    return Number.isInteger(requests) && Number(requests) >= 1 && Number(requests) <= MAX_PROBES ? Number(requests) : undefined;
  } catch {
    return undefined;
  }
}
