/** Gives each page its Content-Security-Policy: no script or style sheet without this page's own nonce, nothing from another host. */
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, newNonce } from './lib/server/content-security-policy.ts';

/** Runs before a page is rendered; Next reads the nonce from the policy of the *request* and puts it on its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Pages only: data, probes and built files have no use for a nonce, and a prefetch must not get one of its own. */
export const config = {
  matcher: [
    {
      source: '/((?!api|healthz|_next/static|icon.svg).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
};
