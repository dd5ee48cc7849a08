/** An observation as a table: a row for each second and what came of its requests. */
import type { Cell } from '../../lib/csv/write-csv.ts';
import type { Tick } from './run.ts';

/** Header and rows. `failure` is empty where a version answered; `held` requests were not sent. */
export function trafficRows(ticks: readonly Tick[]): Cell[][] {
  const rows = ticks.flatMap(({ at, answers, failures }) => {
    const time = new Date(at).toISOString();
    return [
      ...answers.map(({ version, model, instance, count }) => [time, version, model, instance, '', count]),
      ...failures.map(({ kind, count }) => [time, '', '', '', kind, count]),
    ];
  });
  return [['time', 'version', 'model', 'instance', 'failure', 'requests'], ...rows];
}
