import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const FUNCTIONS = ['predict_linear', 'histogram_quantile'];
/** Metrics of Prometheus itself, and of kube-state-metrics (its docs/metrics/workload/cronjob-metrics.md). */
const FOREIGN = ['up', 'kube_cronjob_status_last_successful_time', 'kube_cronjob_created'];
/** The API's, under names that are common: other services in the same Prometheus have them too. */
const COMMON = /^(http|process|nodejs)_|^up$/;

const groups = (
  parse(readRepositoryFile('docs/alerts.yaml')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }
).groups;
const rules = groups.flatMap((group) => group.rules);
const sources = repositoryFiles('apps/api/src/*.ts')
  .filter((path) => !path.endsWith('.test.ts'))
  .map(readRepositoryFile)
  .join('\n');

describe('docs/alerts.yaml', () => {
  it('names each alert once', () => {
    expect(rules.length).toBeGreaterThan(0);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it.each(rules)('$alert is about metrics that there are, and says what to do', ({ expr, labels, annotations }) => {
    const names = metricsOf(expr);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names.filter((name) => !FOREIGN.includes(name)))
      expect(sources).toContain(`'${name.replace(/_(bucket|count|sum)$/, '')}'`);
    expect(labels.severity).toMatch(/^(warning|critical)$/);
    expect(annotations.summary).toMatch(/\.$/);
    expect(annotations.description).toMatch(/\.$/);
  });

  it.each(rules)('$alert does not mix in the figures of other services', ({ expr }) => {
    for (const name of metricsOf(expr).filter((name) => COMMON.test(name)))
      expect(expr.split(name).slice(1)).toEqual(
        expr
          .split(name)
          .slice(1)
          .map(() => expect.stringMatching(/^\{job="iris"/)),
      );
  });

  it('the alerts on backups and on the API itself have a cure', () => {
    const cures = readRepositoryFile('k8s/README.md');
    for (const alert of ['ApiAway', 'PostgresBackupOld']) expect(cures).toContain(`\`${alert}\``);
  });
});

/** The metrics that an expression names. */
function metricsOf(expr: string): string[] {
  return expr.match(/\bup\b|\b[a-z]+(?:_[a-z]+)+\b/g)!.filter((name) => !FUNCTIONS.includes(name));
}

describe('a change of state of the prediction log', () => {
  it.each(['away', 'dropped', 'set_aside', 'spool_failing'])(
    'prediction_log_%s has an alert of its name, with a cure',
    (name) => {
      const alert = `PredictionLog${name.replace(/(?:^|_)([a-z])/g, (_whole, letter: string) => letter.toUpperCase())}`;
      expect(sources).toContain(`event: 'prediction_log_${name}'`);
      expect(rules.map((rule) => rule.alert)).toContain(alert);
      expect(readRepositoryFile('k8s/README.md')).toContain(`\`${alert}\``);
    },
  );
});
