/** `/api/…`: what the pages ask of the API, forwarded by a fixed table. */
import { api } from '../../../lib/server/api.ts';
import { forward } from '../../../lib/server/forward.ts';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly path: readonly string[] }>;
}

async function handle(request: Request, { params }: Context): Promise<Response> {
  return forward(request, `/${(await params).path.join('/')}`, api());
}

export { handle as GET, handle as POST };
