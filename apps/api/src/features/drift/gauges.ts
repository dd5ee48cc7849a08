/** Drift in Prometheus' terms. Labels are the columns of the served model, never anything from a caller. */
import type { ColumnDrift, DriftReport } from '@iris/drift';
import { Gauge, type Registry } from 'prom-client';

const FIGURES = [
  ['drift_statistic', 'Kolmogorov-Smirnov distance or chi-squared of a column against the training data', 'statistic'],
  ['drift_p_adjusted', 'p-value of a column, corrected over all columns', 'pAdjusted'],
  ['drift_effect', 'Wasserstein distance over the standard deviation, or Jensen-Shannon distance, of a column', 'effect'],
] as const satisfies readonly (readonly [string, string, keyof ColumnDrift])[];

/**
 * Registers the gauges. A column that cannot be told yet has no value.
 *
 * @param read gives the report of the moment, if there is one; called once for each scrape
 */
export function registerDriftGauges(registry: Registry, read: () => DriftReport | undefined): void {
  const registers = [registry];
  let columns: readonly ColumnDrift[] = [];
  new Gauge({
    name: 'drift_detected',
    help: '1 where a column drifts: adjusted p at most 0.05 and effect at least 0.1',
    labelNames: ['column'],
    registers,
    collect() {
      // The first to be collected reads for all: one scrape shows one measurement.
      columns = (read()?.columns ?? []).filter(({ verdict }) => verdict !== 'too few');
      this.reset();
      for (const { name, verdict } of columns) this.set({ column: name }, Number(verdict === 'drift'));
    },
  });
  for (const [name, help, figure] of FIGURES) {
    new Gauge({
      name,
      help,
      labelNames: ['column'],
      registers,
      collect() {
        this.reset();
        for (const column of columns) this.set({ column: column.name }, column[figure] ?? Number.NaN);
      },
    });
  }
}
