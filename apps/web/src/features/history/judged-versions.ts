/** Versions of which someone told what their predictions were in fact. */
import type { VersionStats } from '../../lib/api/types.ts';

/** A version's live accuracy and the ends of its 95 % Wilson interval, 0 to 1. */
export interface JudgedVersion {
  readonly version: string;
  readonly judged: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Versions with feedback, as counted; `unnamed` stands for rows without a version. */
export function judgedVersions(versions: readonly VersionStats[], unnamed: string): readonly JudgedVersion[] {
  return versions.flatMap(({ version, judged, accuracy }) =>
    accuracy === null ? [] : [{ version: version ?? unnamed, judged, ...accuracy }],
  );
}
