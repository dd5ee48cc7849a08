/** The gate of every route of this server: who may ask, and what a body may be. A test calls all routes, so that none goes without. */
import { config } from './config.ts';
import { isLoggedIn } from './login.ts';
import { problem } from './problems.ts';
import { refuseOtherSites, refuseOtherTypes } from './same-origin.ts';

type Handler<Context extends unknown[]> = (request: Request, ...context: Context) => Response | Promise<Response>;

export interface GateRules {
  /** Media types of a body. */
  readonly accepts?: readonly string[];
  /** Whether it answers people who are not logged in. */
  readonly open?: boolean;
}

/** A route handler behind the gate. */
export function guarded<Context extends unknown[]>(handler: Handler<Context>, rules: GateRules = {}): Handler<Context> {
  const { accepts = ['application/json'], open = false } = rules;
  return async function answer(request, ...context) {
    const refused =
      refuseOtherSites(request, { trustProxy: config().TRUST_PROXY }) ??
      (open ? undefined : refuseStrangers(request)) ??
      refuseOtherTypes(request, accepts);
    return refused ?? handler(request, ...context);
  };
}

function refuseStrangers({ headers }: Request): Response | undefined {
  if (isLoggedIn(headers.get('cookie'))) return undefined;
  // The scheme of draft-broyer-http-cookie-auth: no browser has a window of its own for it.
  return problem('LOGIN_REQUIRED', 'Log in first.', { 'www-authenticate': 'Cookie form-action="/api/session"' });
}
