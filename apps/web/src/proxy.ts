/** Sends strangers to the log-in, and gives each page its Content-Security-Policy: no script or style sheet without this page's own nonce. */
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, newNonce } from './lib/server/content-security-policy.ts';
import { isLoggedIn } from './lib/server/login.ts';
import { LOGIN_PATH } from './lib/server/path-of-ours.ts';

/** Runs before a page is rendered; Next reads the nonce from the policy of the *request* and puts it on its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  if (!isLoggedIn(request.headers.get('cookie')) && request.nextUrl.pathname !== LOGIN_PATH) return toLogin(request);
  // A prefetch must not get a nonce of its own.
  return isPrefetch(request.headers) ? NextResponse.next() : withPolicy(request);
}

function toLogin({ nextUrl }: NextRequest): NextResponse {
  const login = nextUrl.clone();
  login.pathname = LOGIN_PATH;
  login.search = new URLSearchParams({ next: nextUrl.pathname + nextUrl.search }).toString();
  return NextResponse.redirect(login, 303);
}

function isPrefetch(headers: Headers): boolean {
  return headers.has('next-router-prefetch') || headers.get('purpose') === 'prefetch';
}

function withPolicy(request: NextRequest): NextResponse {
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** All but what has a gate of its own (`guarded.ts`), probes and built files. */
export const config = {
  matcher: ['/((?!api/|healthz$|_next/static/|icon.svg$).*)'],
};
