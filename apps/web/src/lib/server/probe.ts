/** Probes: `GET /version` over a fresh connection each, so that every one is sent where a new connection goes now. */
import type { AnswerCount, FailureCount, FailureKind, TrafficRound } from '../api/traffic.ts';
import type { VersionAnswer } from '../api/types.ts';
import type { ApiClient } from './api-client.ts';

/** Longest wait for one answer: a picture of now has no use for later ones. */
export const PROBE_MS = 2000;
/** Connections open at once for one round. */
const AT_ONCE = 10;

/** Kinds by the code of what broke; a host that is not found, or not routed to, is `unreachable`. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};

type Outcome = Omit<AnswerCount, 'count'> | { readonly kind: FailureKind };
type Prober = Pick<ApiClient, 'onFreshConnection'>;

/** Sends a round of probes and counts who answered. It ends when the caller leaves: what was not sent by then is not sent. */
export async function probeRound(client: Prober, count: number, signal: AbortSignal): Promise<Omit<TrafficRound, 'held'>> {
  const outcomes: Outcome[] = [];
  let left = count;
  async function sendOneByOne(): Promise<void> {
    while (left-- > 0 && !signal.aborted) outcomes.push(await probe(client, signal));
  }
  await Promise.all(Array.from({ length: Math.min(count, AT_ONCE) }, sendOneByOne));
  return tally(outcomes);
}

async function probe(client: Prober, signal: AbortSignal): Promise<Outcome> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
  try {
    return await client.onFreshConnection(async (ask) => {
      const answer = await ask('/version', { signal: limited });
      if (!answer.ok) return { kind: `HTTP ${answer.status}` };
      return readVersion(await answer.json());
    });
  } catch (error) {
    return { kind: failureKind(error) };
  }
}

function readVersion(body: unknown): Outcome {
  const { version = null, model = null, instance } = (body ?? {}) as Partial<VersionAnswer>;
  return typeof instance === 'string' ? { version, model, instance } : { kind: 'invalid' };
}

/** The kind of the innermost cause that has one. */
function failureKind(error: unknown): FailureKind {
  const causes: { readonly name?: string; readonly code?: string }[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause as { name: string });
  for (const { name, code } of causes.reverse()) {
    if (name === 'SyntaxError') return 'invalid';
    if (name === 'TimeoutError') return 'timeout';
    const kind = KINDS[code ?? ''];
    if (kind) return kind;
  }
  return 'unreachable';
}

function tally(outcomes: readonly Outcome[]): Omit<TrafficRound, 'held'> {
  const counted = Map.groupBy(outcomes, (outcome) => JSON.stringify(Object.values(outcome)));
  const counts = [...counted.values()].map((same) => ({ ...same[0]!, count: same.length }));
  return {
    answers: counts.filter((one): one is AnswerCount => !('kind' in one)),
    failures: counts.filter((one): one is FailureCount => 'kind' in one),
  };
}
