/** `/api/backend`: who answers now, asked over a fresh connection each time. */
import { api } from '../../../lib/server/api.ts';
import { askBackendInfo } from '../../../lib/server/backend-info.ts';
import { answerFailures } from '../../../lib/server/forward.ts';
import { guarded } from '../../../lib/server/guarded.ts';

export const dynamic = 'force-dynamic';

export const GET = guarded((request) =>
  answerFailures(request, async () =>
    Response.json(await askBackendInfo(api(), request.signal), { headers: { 'cache-control': 'no-store' } }),
  ),
);
