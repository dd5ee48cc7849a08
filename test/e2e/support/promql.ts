/** The queries of the dashboard and the alerts, as a test can ask them. */
import { parse } from 'yaml';

/** A query, and the labels that whoever reads its result counts on. */
interface Query {
  readonly title: string;
  readonly expr: string;
  readonly labels: readonly string[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

const labelsIn = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, label]) => label!);

/** Every query of a Grafana dashboard, with what Grafana puts into it. */
export function dashboardQueries(json: string): Query[] {
  const { panels } = JSON.parse(json) as Dashboard;
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }) => ({
      title,
      expr: expr.replaceAll('$job', 'iris').replaceAll('$__rate_interval', '1m'),
      labels: labelsIn(legendFormat, /\{\{(\w+)\}\}/g),
    })),
  );
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Every alert; its comparisons give 0 or 1 instead of leaving out what they are not true of, so that a quiet alert finds something too. */
export function alertExpressions(yaml: string) {
  const { groups } = parse(yaml) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
  return groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr, annotations }) => ({
      alert,
      unfiltered: expr.replaceAll(/ (==|>=|<=|>|<) /g, ' $1 bool '),
      labels: labelsIn(Object.values(annotations).join(), /\$labels\.(\w+)/g),
    }));
}
