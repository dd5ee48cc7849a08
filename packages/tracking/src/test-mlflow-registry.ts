/** Logged models and the model registry of the stand-in. */

import { readFile } from './test-mlflow-artifacts.ts';
import { FakeError, type FakeRequest, type FakeRoute } from './test-mlflow-route.ts';

const API = '/api/2.0/mlflow';

interface Version {
  readonly name: string;
  readonly version: string;
  readonly run_id: string;
  readonly source: string;
  readonly tags: readonly object[];
}

/** Routes over models of their own, whose files are among the artifacts. */
export function registryRoutes(artifacts: Map<string, Buffer>): FakeRoute {
  const logged: { info: Record<string, string> }[] = [];
  const versions = new Map<string, Version[]>();
  const aliases = new Map<string, string>();

  function versionOf(name: string, version: string): Version {
    const found = versions.get(name)?.find((candidate) => candidate.version === version);
    if (found) return found;
    throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', `Model Version (name=${name}, version=${version}) not found`);
  }

  const handlers: Readonly<Record<string, (request: FakeRequest) => object>> = {
    'POST logged-models'({ body: { experiment_id, name, source_run_id } }) {
      const model_id = `m-${logged.length + 1}`;
      const artifact_uri = `mlflow-artifacts:/${experiment_id}/models/${model_id}/artifacts`;
      const model = { info: { model_id, name, source_run_id, artifact_uri, status: 'LOGGED_MODEL_PENDING' } };
      logged.push(model);
      return { model };
    },
    'POST logged-models/search'({ body: { filter } }) {
      const [, runId, name] = /^source_run_id = '(.*)' AND name = '(.*)'$/.exec(filter)!;
      return { models: logged.filter(({ info }) => info.source_run_id === runId && info.name === name) };
    },
    'POST registered-models/create'({ body: { name } }) {
      if (versions.has(name))
        throw new FakeError(400, 'RESOURCE_ALREADY_EXISTS', `Registered Model (name=${name}) already exists.`);
      versions.set(name, []);
      return { registered_model: { name } };
    },
    'POST registered-models/alias'({ body: { name, alias, version } }) {
      aliases.set(`${name}@${alias}`, versionOf(name, version).version);
      return {};
    },
    'GET registered-models/alias'({ query }) {
      const [name, alias] = [query.get('name')!, query.get('alias')!];
      if (!versions.has(name))
        throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', `Registered Model with name=${name} not found`);
      const version = aliases.get(`${name}@${alias}`);
      if (version === undefined)
        throw new FakeError(400, 'INVALID_PARAMETER_VALUE', `Registered model alias ${alias} not found.`);
      return { model_version: versionOf(name, version) };
    },
    'POST model-versions/create'({ body: { name, source, run_id, tags } }) {
      const version = { name, version: String(versions.get(name)!.length + 1), run_id, source, tags };
      versions.get(name)!.push(version);
      return { model_version: version };
    },
    'GET model-versions/get': ({ query }) => ({ model_version: versionOf(query.get('name')!, query.get('version')!) }),
    'GET model-versions/search'({ query }) {
      const [, runId] = /^run_id = '(.*)'$/.exec(query.get('filter')!)!;
      return { model_versions: [...versions.values()].flat().filter(({ run_id }) => run_id === runId) };
    },
  };

  function patchModel({ path, body }: FakeRequest): object {
    const model = logged.find(({ info }) => path.endsWith(info.model_id!));
    if (!model) throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', 'Logged model not found');
    model.info.status = body.status;
    return { model };
  }

  function readVersionFile({ query }: FakeRequest): Buffer {
    const { source } = versionOf(query.get('name')!, query.get('version')!);
    const model = logged.find(({ info }) => source === `models:/${info.model_id}`)!;
    return readFile(artifacts, `${model.info.artifact_uri!.slice('mlflow-artifacts:/'.length)}/${query.get('path')}`);
  }

  return function route(request) {
    const { method, path } = request;
    if (path === '/model-versions/get-artifact') return readVersionFile(request);
    if (method === 'PATCH' && path.startsWith(`${API}/logged-models/`)) return patchModel(request);
    if (!path.startsWith(`${API}/`)) return undefined;
    return handlers[`${method} ${path.slice(API.length + 1)}`]?.(request);
  };
}
