/** What `POST /api/traffic` of the client itself answers: a handful of probes, each over a connection of its own. */

/** Most probes of one request. */
export const MAX_PROBES = 50;

/** Why a probe got no version; a status other than 2xx is told as it came. */
export type FailureKind = 'refused' | 'reset' | 'timeout' | 'unreachable' | 'invalid' | `HTTP ${number}`;

/** Answers of one instance with one model. */
export interface AnswerCount {
  /** Null while it has no model. */
  readonly version: string | null;
  readonly model: string | null;
  readonly instance: string;
  readonly count: number;
}

export interface FailureCount {
  readonly kind: FailureKind;
  readonly count: number;
}

/** The outcome of a round of probes. */
export interface TrafficRound {
  /** Probes asked for that were not sent: those of all viewers together are bounded. */
  readonly held: number;
  readonly answers: readonly AnswerCount[];
  readonly failures: readonly FailureCount[];
}
