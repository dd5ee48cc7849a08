/** `POST /api/traffic` with `{"requests": 20}`: sends that many probes to the API, each over a fresh connection, and tells who answered. */
import { api } from '../../../lib/server/api.ts';
import { guarded } from '../../../lib/server/guarded.ts';
import { createProbeBudget } from '../../../lib/server/probe-budget.ts';
import { answerTraffic } from '../../../lib/server/traffic.ts';

export const dynamic = 'force-dynamic';

const budget = createProbeBudget(() => performance.now());

export const POST = guarded((request) => answerTraffic(request, api(), budget));
