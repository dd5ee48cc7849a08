/** `/api/…`: what the pages ask of the API, forwarded by a fixed table. */
import { api } from '../../../lib/server/api.ts';
import { forward } from '../../../lib/server/forward.ts';
import { BATCH_TYPES } from '../../../lib/server/forward-table.ts';
import { guarded } from '../../../lib/server/guarded.ts';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly path: readonly string[] }>;
}

const handle = guarded(
  async (request, { params }: Context) => forward(request, `/${(await params).path.join('/')}`, api()),
  // The table says which of them a path takes.
  { accepts: BATCH_TYPES },
);

export { handle as GET, handle as POST, handle as PUT };
