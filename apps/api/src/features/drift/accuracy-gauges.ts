/** Accuracy of live predictions in Prometheus' terms: what their probabilities let one expect, and what feedback says. */
import { Gauge, type Registry } from 'prom-client';
import type { DriftMeasurement } from './measure.ts';

type Figure = readonly [name: string, help: string, read: (measurement: DriftMeasurement) => number | null];

const FIGURES: readonly Figure[] = [
  [
    'accuracy_estimated',
    'Accuracy to expect by the probabilities of the newest predictions',
    ({ estimate }) => estimate.accuracy,
  ],
  [
    'accuracy_by_feedback',
    'Share of the judged predictions that were right',
    ({ feedback }) => (feedback && feedback.judged > 0 ? feedback.correct / feedback.judged : null),
  ],
  ['feedback_judged', 'Predictions of the span that have feedback', ({ feedback }) => feedback?.judged ?? null],
];

/**
 * Registers the gauges, of the same span as those of drift. What is not known is NaN.
 *
 * @param read gives the measurement of the moment, if there is one.
 */
export function registerAccuracyGauges(registry: Registry, read: () => DriftMeasurement | undefined): void {
  for (const [name, help, figure] of FIGURES) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const measurement = read();
        this.set((measurement && figure(measurement)) ?? Number.NaN);
      },
    });
  }
}
