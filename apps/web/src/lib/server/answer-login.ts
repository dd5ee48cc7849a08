/** Answers the log-in form, which needs no script: a right password begins a session, and every answer shows a page. */
import { clientAddress } from './client-address.ts';
import type { Login } from './login.ts';
import { LOGIN_PATH, pathOfOurs } from './path-of-ours.ts';
import { readBounded } from './read-bounded.ts';

/** Far more than a password and a path. */
const MAX_FORM_BYTES = 8192;

/** Why nobody was let in; a word of the messages `login.faults`. */
type LoginFault = 'wrong' | 'tooMany';

export interface LoginOptions {
  readonly login: Login | undefined;
  readonly trustProxy: boolean;
  /** Told of each refusal, with the address. */
  readonly onRefusal: (fault: LoginFault, address: string) => void;
}

/** Answers `POST /api/session`. */
export async function answerLogin(request: Request, { login, trustProxy, onRefusal }: LoginOptions): Promise<Response> {
  const form = new URLSearchParams((await readBounded(request, MAX_FORM_BYTES))?.toString());
  const next = pathOfOurs(form.get('next'));
  if (!login) return redirect(next);
  const address = clientAddress(request.headers, trustProxy);
  const { known } = login.sessions.read(request.headers.get('cookie'));
  const caller = known === undefined ? { address } : { known };
  const fault = judge(login, caller, form.get('password') ?? '');
  if (fault === undefined) return redirect(next, { 'set-cookie': login.sessions.begin(isSecure(request.headers, trustProxy)) });
  onRefusal(fault, address);
  return redirect(`${LOGIN_PATH}?${new URLSearchParams({ fault, next })}`);
}

/** Answers `POST /api/session/end`. */
export function answerLogout(login: Login | undefined): Response {
  return redirect(LOGIN_PATH, login ? { 'set-cookie': login.sessions.end() } : {});
}

function judge({ sessions, attempts }: Login, caller: Parameters<Login['attempts']['take']>[0], password: string) {
  if (!attempts.take(caller)) return 'tooMany' as const;
  if (!sessions.isPassword(password)) return 'wrong' as const;
  attempts.forget(caller);
  return undefined;
}

/** The browser's own word for how it reached the page; a cookie of a page over plain HTTP would not be sent back if it were `Secure`. */
function isSecure(headers: Headers, trustProxy: boolean): boolean {
  const forwarded = trustProxy ? headers.get('x-forwarded-proto') : null;
  return (headers.get('origin') ?? forwarded ?? '').startsWith('https');
}

/** A browser follows with `GET` (RFC 9110, 15.4.4). */
function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', ...headers } });
}
