/** `compare-versions`: which of the versions in service is better, if that can be told. */
import type { VersionStatistics } from '../api/answers.ts';
import { readStatistics, SPAN } from './prediction-stats.ts';
import { object, VERSION_STATISTICS } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

interface Judged extends VersionStatistics {
  readonly accuracy: NonNullable<VersionStatistics['accuracy']>;
}

/** Makes the tool. */
export function createCompareVersions(): Tool {
  return {
    name: 'compare-versions',
    title: 'Compare versions',
    description:
      'Compares the versions that answered in a span of time (the last 24 hours unless told): predictions, accuracy of those judged with its 95 % interval, and a verdict. Versions whose intervals overlap are not told apart.',
    inputSchema: SPAN,
    outputSchema: object({
      from: { type: 'string' },
      to: { type: 'string' },
      versions: { type: 'array', items: VERSION_STATISTICS },
      best: {
        anyOf: [{ type: 'string' }, { type: 'null' }],
        description: 'The version that is better than all others; null if none is.',
      },
      verdict: { type: 'string' },
    }),
    annotations: READS,
    async call(args, api) {
      const { from, to, by_version: versions } = await readStatistics(args, api);
      return { data: { from, to, versions, ...judge(versions) }, untrusted: true };
    },
  };
}

/**
 * Says which version is best, as far as the intervals allow.
 *
 * @returns `best`: the version whose interval lies above those of all others; null when there is none.
 */
export function judge(versions: readonly VersionStatistics[]): { readonly best: string | null; readonly verdict: string } {
  const judged = versions
    .filter((each): each is Judged => each.accuracy !== null)
    .sort((a, b) => b.accuracy.estimate - a.accuracy.estimate);
  const [first, ...others] = judged;
  if (first === undefined) return { best: null, verdict: 'Nothing can be said: no prediction of this span has feedback.' };
  if (others.length === 0) {
    return { best: null, verdict: `Only ${describe(first)} has feedback: there is nothing to compare it with.` };
  }
  const alike = others.filter(({ accuracy }) => accuracy.high >= first.accuracy.low);
  if (alike.length === 0) {
    return { best: first.version, verdict: `${describe(first)} is better than ${list(others)}: the intervals do not overlap.` };
  }
  const more = 'More feedback would narrow the intervals.';
  const worse = others.filter((other) => !alike.includes(other));
  const also = worse.length === 0 ? '' : ` ${list(worse)} ${worse.length === 1 ? 'is' : 'are'} worse than the first.`;
  return { best: null, verdict: `Not told apart: ${list([first, ...alike])}; the intervals overlap.${also} ${more}` };
}

function list(versions: readonly Judged[]): string {
  return versions.map(describe).join(', ');
}

function describe({ version, accuracy: { estimate, low, high }, correct, judged }: Judged): string {
  return `version ${JSON.stringify(version)} (${percent(estimate)}, 95 % interval ${percent(low)} to ${percent(high)}, ${correct} of ${judged})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
