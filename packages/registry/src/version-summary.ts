/** One version, as far as it is known without reading its model. */
import type { Verdict } from './verdict.ts';

/** A line of a list. */
export interface VersionSummary {
  readonly name: string;
  readonly isCurrent: boolean;
  /** Absent where the version has none that can be read. */
  readonly verdict?: Verdict;
}
