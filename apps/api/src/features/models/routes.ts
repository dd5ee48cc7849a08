/** `/models`: the registry that the model in service comes from, and its change. Also there while no model is loaded. */
import { resolve } from 'node:path';
import { isWritable, readPage, readRecentHistory, readVersion } from '@iris/registry/catalogue';
import { readPointer } from '@iris/registry/reader';
import type { AppDependencies } from '../../dependencies.ts';
import { ApiError } from '../../errors.ts';
import type { TypedApp } from '../../model-scope.ts';
import { createReader } from './catalogue.ts';
import type { Change } from './change.ts';
import { createChanges } from './changes.ts';
import { UNWRITABLE } from './failures.ts';
import { presentEntry, presentVersion } from './present.ts';
import {
  ChangeAnswer,
  DEFAULT_LIMIT,
  HISTORY_LIMIT,
  ListQuery,
  ModelsAnswer,
  PromoteBody,
  RollbackBody,
  VERSION_PATTERN,
  VersionAnswer,
  VersionParams,
} from './schema.ts';

const tags = ['models'];
const NO_REGISTRY = 'This server follows no registry: start it with REGISTRY_DIR. docs/mlops.md shows how to fill one.';
const KEY_NEEDED = 'This server has no API_KEY, so that everybody could change its model: set one, or use npm run registry.';

/** Registers the routes. */
export function registerModels(app: TypedApp, dependencies: AppDependencies): void {
  const directory = registryOf(dependencies);
  const { logger } = dependencies;
  const read = createReader((err) => logger.warn({ err }, 'the registry cannot be read'));
  registerList(app, dependencies, directory, read);
  registerVersions(app, directory, read);
  registerChanges(app, dependencies, directory);
}

/** The registry that is served from: MODEL_URI goes before it. */
function registryOf({ config: { MODEL_URI, REGISTRY_DIR } }: AppDependencies): string | undefined {
  return MODEL_URI === undefined && REGISTRY_DIR !== undefined ? resolve(REGISTRY_DIR) : undefined;
}

type Read = ReturnType<typeof createReader>;

function registerList(app: TypedApp, { config, models }: AppDependencies, directory: string | undefined, read: Read): void {
  const schema = {
    summary: 'Versions of the registry, newest first, and who changed the model in service',
    tags,
    querystring: ListQuery,
    response: { 200: ModelsAnswer },
  };
  app.get('/models', { schema }, async ({ query }) => {
    const served = { served: models.currentName() ?? null, problem: models.problem()?.detail ?? null };
    if (directory === undefined) return { ...sourceOf(config, served.served), ...served, ...NOTHING };
    return read(async () => {
      const { versions, hasOlder, total, current } = await readPage(directory, {
        limit: Number(query.limit ?? DEFAULT_LIMIT),
        before: query.before,
      });
      return {
        source: 'registry' as const,
        place: null,
        current: current ?? null,
        ...served,
        change: describeChange(changeFault(config) ?? ((await isWritable(directory)) ? undefined : UNWRITABLE)),
        total,
        versions: versions.map(presentVersion),
        next_before: hasOlder ? versions.at(-1)!.name : null,
        history: (await readRecentHistory(directory, HISTORY_LIMIT)).map(presentEntry),
      };
    });
  });
}

const NOTHING = {
  current: null,
  change: { allowed: false, code: 'REGISTRY_NOT_CONFIGURED', detail: NO_REGISTRY },
  total: 0,
  versions: [],
  next_before: null,
  history: [],
};

function sourceOf({ MODEL_URI }: AppDependencies['config'], served: string | null) {
  return MODEL_URI === undefined ? { source: 'file' as const, place: served } : { source: 'mlflow' as const, place: MODEL_URI };
}

/** Why nobody may change the model over HTTP. */
function changeFault({ API_KEY }: AppDependencies['config']): ApiError | undefined {
  return API_KEY === undefined ? new ApiError('API_KEY_NEEDED', KEY_NEEDED) : undefined;
}

function describeChange(fault: ApiError | undefined) {
  return { allowed: fault === undefined, code: fault?.code ?? null, detail: fault?.message ?? null };
}

function registerVersions(app: TypedApp, directory: string | undefined, read: Read): void {
  async function describe(name: string) {
    const registry = requireRegistry(directory);
    const version = await readVersion(registry, name);
    const history = (await readRecentHistory(registry, HISTORY_LIMIT)).filter((entry) => entry.version === name);
    return { version, verdict: version?.verdict ?? null, history: history.map(presentEntry) };
  }

  const one = {
    summary: 'A version with the verdict of the gate',
    tags,
    params: VersionParams,
    response: { 200: VersionAnswer },
  };
  app.get(`/models/:version(${VERSION_PATTERN})`, { schema: one }, ({ params }) => {
    return read(async () => {
      const { version, ...rest } = await describe(params.version);
      if (!version) throw new ApiError('REGISTRY_VERSION_UNKNOWN', 'The registry has no such version.');
      return { name: version.name, is_current: version.isCurrent, ...rest };
    });
  });

  const current = { summary: 'The version in service with the verdict of the gate', tags, response: { 200: VersionAnswer } };
  app.get('/models/current', { schema: current }, () => {
    return read(async () => {
      const name = await currentName(requireRegistry(directory));
      // A file that was put into service by hand is no version, and has no verdict.
      const { version: _, ...rest } = await describe(name);
      return { name, is_current: true, ...rest };
    });
  });
}

async function currentName(directory: string): Promise<string> {
  const pointer = await readPointer(directory);
  if ('name' in pointer) return pointer.name;
  throw new ApiError(pointer.problem, 'The registry names no model that is in service.');
}

function requireRegistry(directory: string | undefined): string {
  if (directory === undefined) throw new ApiError('REGISTRY_NOT_CONFIGURED', NO_REGISTRY);
  return directory;
}

function registerChanges(app: TypedApp, dependencies: AppDependencies, directory: string | undefined): void {
  const { config, logger, instance, newId } = dependencies;
  const change = createChanges((failure) => logger.warn({ failure }, 'a change of the model in service failed'));

  async function make(wanted: Change) {
    const by = `api@${instance}, request ${newId()}`;
    const { current, previous, isConfirmed } = await change({ directory: requireRegistry(directory), by, change: wanted });
    const told = { by, action: wanted.action, current, previous };
    if (current !== previous) logger.info(told, 'the model in service was changed over HTTP');
    if (isConfirmed) logger.info(told, 'the model that a rollback brought back was confirmed over HTTP');
    return { current, previous, changed: current !== previous, by };
  }

  // Without a key `GET /models` tells everybody whether there is a registry, and with one the key was asked for before.
  const onRequest = async () => {
    requireRegistry(directory);
    const fault = changeFault(config);
    if (fault) throw fault;
  };
  const promotion = { summary: 'Put a version into service', tags, body: PromoteBody, response: { 200: ChangeAnswer } };
  app.put('/models/current', { schema: promotion, onRequest }, ({ body }) => {
    return make({ action: 'promote', ...body, force: body.force ?? false });
  });
  const back = { summary: 'Put the model of before into service', tags, body: RollbackBody, response: { 200: ChangeAnswer } };
  app.post('/models/rollback', { schema: back, onRequest }, ({ body }) => make({ action: 'rollback', ...body }));
}
