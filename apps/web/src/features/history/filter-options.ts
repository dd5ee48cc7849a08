/** What there is to choose from in the filters. */
import type { PredictionStats } from '../../lib/api/types.ts';
import type { LogView } from './log-view.ts';

/**
 * Versions and classes to choose from: what was counted, what the model in service knows, and what is chosen already, which an address
 * may say of anything.
 */
export function filterOptions(
  { version, prediction }: Pick<LogView, 'version' | 'prediction'>,
  classes: readonly string[],
  stats: Pick<PredictionStats, 'by_class' | 'by_version'> | undefined,
): { readonly versions: readonly string[]; readonly labels: readonly string[] } {
  const counted = stats?.by_version.flatMap(({ version }) => version ?? []) ?? [];
  return {
    versions: distinct([...counted, version]).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    labels: distinct([...classes, ...Object.keys(stats?.by_class ?? {}), prediction]),
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '');
}
