/** The log-in of this process, made of its configuration when it is first asked for. */
import { type Attempts, createAttempts } from './attempts.ts';
import { config } from './config.ts';
import { createSessions, type Sessions } from './sessions.ts';

export interface Login {
  readonly sessions: Sessions;
  readonly attempts: Attempts;
}

let current: Login | undefined;

/** Undefined where nobody has to log in. */
export function login(): Login | undefined {
  const { LOGIN, LOGIN_PASSWORD, API_KEY } = config();
  if (LOGIN === 'none' || LOGIN_PASSWORD === undefined) return undefined;
  current ??= {
    sessions: createSessions({ password: LOGIN_PASSWORD.reveal(), apiKey: API_KEY?.reveal() }, Date.now),
    attempts: createAttempts(() => performance.now()),
  };
  return current;
}

/** Whether a request with these cookies may be answered. */
export function isLoggedIn(cookies: string | null): boolean {
  const { sessions } = login() ?? {};
  return sessions === undefined || sessions.read(cookies).isOpen;
}
