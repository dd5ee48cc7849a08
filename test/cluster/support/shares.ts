/** Which part of the traffic a version has got. */
import type { Kind, ProbeOptions } from '../probe/probe.ts';
import { countVersion, type Part, type Place, versionsIn } from './traffic.ts';

/**
 * Many connections, each renewed every ten seconds: Kubernetes chooses a pod for each connection, so that a share is as exact as its
 * connections are many. Still no more than 300 new ones a second.
 */
export const MANY_CONNECTIONS: Record<Place, Pick<ProbeOptions, 'fresh' | 'keepAlive' | 'slow'>> = {
  outside: { fresh: { perSecond: 150 }, keepAlive: { connections: 200, perSecond: 1 }, slow: { inFlight: 500 } },
  pod: { fresh: { perSecond: 100 }, keepAlive: { connections: 200, perSecond: 1 }, slow: { inFlight: 100 } },
};

/** A part of what clients have got. */
export interface Share {
  /** Of all, in percent. */
  readonly percent: number;
  /** Requests, or lives of connections. */
  readonly of: number;
}

/** The version's share in what clients of one kind have got: of answers, or of the lives of their connections. */
export function shareOf(parts: readonly Part[], kind: Kind, version: string, unit: 'answers' | 'lives'): Share {
  const meant = parts.filter((part) => part.kind === kind);
  const of = versionsIn(meant).reduce((total, each) => total + countVersion(meant, each)[unit], 0);
  return { percent: (100 * countVersion(meant, version)[unit]) / of, of };
}
