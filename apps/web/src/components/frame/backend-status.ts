/** How the backend is, in one word. */
import type { ApiProblem } from '../../lib/api/client.ts';
import type { BackendInfo } from '../../lib/api/types.ts';

/** A word of the messages `shell.backend.status`. */
export type BackendStatus =
  | 'asking'
  | 'healthy'
  | 'draining'
  | 'loading'
  | 'error'
  | 'slow'
  | 'unreachable'
  | 'loggedOut'
  | 'clientUnreachable';

/** What its colour says: well, passing, or not well. */
export type Mood = 'good' | 'passing' | 'bad';

const OF_PROBLEM: Readonly<Record<string, BackendStatus>> = {
  API_TIMEOUT: 'slow',
  CLIENT_UNREACHABLE: 'clientUnreachable',
  LOGIN_REQUIRED: 'loggedOut',
};

const MOODS: Readonly<Record<BackendStatus, Mood>> = {
  asking: 'passing',
  healthy: 'good',
  draining: 'passing',
  loading: 'passing',
  error: 'bad',
  slow: 'bad',
  unreachable: 'bad',
  clientUnreachable: 'bad',
  loggedOut: 'bad',
};

/** Judges the last answer; a problem of the last request outweighs an older answer. */
export function backendStatus(
  info: BackendInfo | undefined,
  problem: Pick<ApiProblem, 'code'> | undefined,
): { readonly status: BackendStatus; readonly mood: Mood } {
  const status = problem ? (OF_PROBLEM[problem.code] ?? 'unreachable') : statusOf(info);
  return { status, mood: MOODS[status] };
}

function statusOf(info: BackendInfo | undefined): BackendStatus {
  if (!info) return 'asking';
  if (info.readiness === 'DRAINING') return 'draining';
  if (info.health.status === 'error') return 'error';
  return info.readiness === 'READY' ? 'healthy' : 'loading';
}
