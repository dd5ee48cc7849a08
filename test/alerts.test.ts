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

  it.each(rules)('$alert is about metrics that the API has, and says what to do', ({ expr, labels, annotations }) => {
    const names = expr.match(/\b[a-z]+(?:_[a-z]+)+\b/g)!.filter((name) => !FUNCTIONS.includes(name));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(sources).toContain(`'${name.replace(/_(bucket|count|sum)$/, '')}'`);
    expect(labels.severity).toMatch(/^(warning|critical)$/);
    expect(annotations.summary).toMatch(/\.$/);
    expect(annotations.description).toMatch(/\.$/);
  });
});

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
