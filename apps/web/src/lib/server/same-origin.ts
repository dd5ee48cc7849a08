/**
 * Refuses what another site's page makes a visitor's browser ask: the API's key is added here, and the API's and the agent's time is spent.
 *
 * `Sec-Fetch-Site` says it plainly, but browsers leave it out where the page came over plain HTTP from another machine, as from a node port.
 * `Origin` is in every request of a page that is not a plain `GET`, and no page can change it. A program that is no browser sends neither.
 */
import { problem } from './problems.ts';

export interface OriginRules {
  /** Whether a proxy of ours stands before this server, so that `X-Forwarded-Host` is its word and not the caller's. */
  readonly trustProxy: boolean;
}

/** A refusal, where another site's page asks. */
export function refuseOtherSites(request: Request, rules: OriginRules): Response | undefined {
  const site = request.headers.get('sec-fetch-site');
  if ([null, 'same-origin', 'none'].includes(site) && isOwnOrigin(request.headers, rules)) return undefined;
  return problem('CROSS_SITE', 'Only the pages of this client may ask.');
}

/** A refusal, where the body is none of these media types; forms of other sites can send three only, and JSON is none of them. */
export function refuseOtherTypes(request: Request, types: readonly string[]): Response | undefined {
  if (['GET', 'HEAD'].includes(request.method)) return undefined;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && types.includes(type)) return undefined;
  return problem('MEDIA_TYPE_REFUSED', `The body must be ${types.join(' or ')}.`);
}

function isOwnOrigin(headers: Headers, { trustProxy }: OriginRules): boolean {
  const origin = headers.get('origin');
  if (origin === null) return true;
  const forwarded = trustProxy ? firstOf(headers.get('x-forwarded-host')) : undefined;
  const host = (forwarded || headers.get('host') || '').toLowerCase();
  return URL.canParse(origin) && host === sameForm(new URL(origin), host);
}

/** The origin's host, with its default port where `Host` names it (RFC 9110, 7.2). */
function sameForm(origin: URL, host: string): string {
  const port = origin.protocol === 'https:' ? ':443' : ':80';
  return host.endsWith(port) && origin.port === '' ? origin.hostname + port : origin.host;
}

/** Each proxy adds its own at the end; the first is the address that the browser asked. */
function firstOf(list: string | null): string | undefined {
  return list?.split(',')[0]?.trim();
}
