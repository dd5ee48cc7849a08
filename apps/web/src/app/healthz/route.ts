/** `/healthz`: 200 while this process lives; it asks nobody else. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ status: 'healthy' }, { headers: { 'cache-control': 'no-store' } });
}
