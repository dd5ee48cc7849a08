/** Experiments and runs of the stand-in. */
import { FakeError, type FakeRequest, type FakeRoute } from './test-mlflow-route.ts';

const API = '/api/2.0/mlflow';

interface Run {
  readonly info: Record<string, unknown>;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly metrics: { key: string; value: number; step: number; timestamp: number }[];
  readonly modelIds: string[];
}

/** Routes over runs of their own. */
export function runRoutes(): { readonly route: FakeRoute } {
  const experiments = new Map<string, string>();
  const runs = new Map<string, Run>();

  function find(id: string): Run {
    const run = runs.get(id);
    if (!run) throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', `Run with id=${id} not found`);
    return run;
  }

  const handlers: Readonly<Record<string, (request: FakeRequest) => object>> = {
    'GET experiments/get-by-name'({ query }) {
      const name = query.get('experiment_name')!;
      const id = experiments.get(name);
      if (id === undefined) throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', `no experiment ${name}`);
      return { experiment: { experiment_id: id, name, lifecycle_stage: 'active' } };
    },
    'POST experiments/create'({ body: { name } }) {
      if (experiments.has(name)) throw new FakeError(400, 'RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.`);
      experiments.set(name, String(experiments.size + 1));
      return { experiment_id: experiments.get(name)! };
    },
    'POST runs/create'({ body: { experiment_id, run_name, start_time } }) {
      const run_id = `run${runs.size + 1}`;
      const artifact_uri = `mlflow-artifacts:/${experiment_id}/${run_id}/artifacts`;
      const info = { run_id, experiment_id, run_name, start_time, status: 'RUNNING', artifact_uri };
      const tags = new Map([['mlflow.runName', run_name]]);
      runs.set(run_id, { info, params: new Map(), tags, metrics: [], modelIds: [] });
      return { run: { info } };
    },
    'GET runs/get': ({ query }) => ({ run: showRun(find(query.get('run_id')!)) }),
    'POST runs/update'({ body: { run_id, ...changes } }) {
      Object.assign(find(run_id).info, changes);
      return {};
    },
    'POST runs/log-batch'({ body: { run_id, metrics = [], params = [], tags = [] } }) {
      const run = find(run_id);
      if (metrics.length + params.length + tags.length > 1000 || params.length > 100 || tags.length > 100) {
        throw new FakeError(400, 'INVALID_PARAMETER_VALUE', 'A batch logging request can contain at most 1000 …');
      }
      for (const { key, value } of params) {
        if ((run.params.get(key) ?? value) !== value) throw new FakeError(400, 'INVALID_PARAMETER_VALUE', `param ${key} changed`);
        run.params.set(key, value);
      }
      for (const { key, value } of tags) run.tags.set(key, value);
      for (const metric of metrics) addMetric(run, metric);
      return {};
    },
    'POST runs/delete-tag'({ body: { run_id, key } }) {
      if (!find(run_id).tags.delete(key)) throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', `No tag with name: ${key}`);
      return {};
    },
    'POST runs/outputs'({ body: { run_id, models } }) {
      const { modelIds } = find(run_id);
      for (const { model_id } of models) {
        if (modelIds.includes(model_id)) throw new FakeError(400, 'BAD_REQUEST', 'UNIQUE constraint failed: inputs.source_type');
        modelIds.push(model_id);
      }
      return {};
    },
    'GET metrics/get-history'({ query }) {
      const { metrics } = find(query.get('run_id')!);
      return { metrics: metrics.filter(({ key }) => key === query.get('metric_key')) };
    },
  };

  return {
    route(request) {
      if (!request.path.startsWith(`${API}/`)) return undefined;
      return handlers[`${request.method} ${request.path.slice(API.length + 1)}`]?.(request);
    },
  };
}

/** The same value twice is kept once. */
function addMetric({ metrics }: Run, metric: Run['metrics'][number]): void {
  const text = JSON.stringify(metric);
  if (!metrics.some((kept) => JSON.stringify(kept) === text)) metrics.push(metric);
}

function showRun({ info, params, tags, metrics, modelIds }: Run): object {
  const list = (map: Map<string, string>) => [...map].map(([key, value]) => ({ key, value }));
  const last = new Map(metrics.map((metric) => [metric.key, metric]));
  return {
    info,
    data: { params: list(params), tags: list(tags), metrics: [...last.values()] },
    outputs: { model_outputs: modelIds.map((model_id) => ({ model_id, step: 0 })) },
  };
}
