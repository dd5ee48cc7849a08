/** The protocol's health, metadata and repository index: open to all, and answered while there is no model. */
import type { FastifyInstance } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { ApiError } from '../../errors.ts';
import type { TypedApp } from '../../model-scope.ts';
import type { Served, ServedModel } from '../../models/served-model.ts';
import { requireKeyWhereProtected } from '../../plugins/api-key.ts';
import { installProblems } from '../../plugins/problems.ts';
import { requireModel } from '../health/routes.ts';
import { sendInferenceError } from './errors.ts';
import { inputMetadata, outputMetadata, PLATFORM } from './metadata.ts';
import {
  LiveAnswer,
  ModelMetadata,
  ModelReadyAnswer,
  modelParams,
  ReadyAnswer,
  RepositoryIndex,
  ServerMetadata,
} from './schema.ts';
import { requireServed } from './served-version.ts';

const TAGS = ['open inference protocol'];
/** Extensions of the protocol that are built. */
const EXTENSIONS = ['binary_tensor_data'];
/** The index takes no argument; clients send nothing or a small object. */
const INDEX_BODY_LIMIT = 4096;

/** Gives the model of the moment, or throws 503. */
type RequireModel = () => ServedModel;

/** Registers the routes, and what answers every other path below `/v2`. */
export async function registerInferenceService(
  root: FastifyInstance,
  dependencies: AppDependencies,
  served: Served | undefined,
): Promise<void> {
  const { models, lifecycle } = dependencies;
  function requireServedModel(): ServedModel {
    requireModel(models, served);
    return served!();
  }
  function requireReady(): ServedModel {
    if (lifecycle.draining) throw new ApiError('DRAINING', 'This instance is shutting down.');
    return requireServedModel();
  }

  await root.register(
    async function inferenceService(app: TypedApp) {
      installProblems(app, dependencies.logger, sendInferenceError);
      // The root has refused the request by then, for want of a route; this makes it answer in this scope's shape.
      app.setNotFoundHandler((_request, reply) => reply.callNotFound());
      const onRequest = requireKeyWhereProtected(dependencies.config);
      if (!served) app.all('/*', { onRequest, schema: { hide: true } }, requireServedModel);
      registerServer(app, dependencies, requireReady);
      registerModelRoutes(app, requireServedModel, requireReady);
      registerIndex(app, requireServedModel);
    },
    { prefix: '/v2' },
  );
}

function registerServer(app: TypedApp, { config }: AppDependencies, requireReady: RequireModel): void {
  app.get('/', { schema: { summary: 'Server metadata', tags: TAGS, response: { 200: ServerMetadata } } }, () => {
    return { name: config.API_NAME, version: config.BUILD, extensions: EXTENSIONS };
  });
  app.get('/health/live', { schema: { summary: 'Liveness', tags: TAGS, response: { 200: LiveAnswer } } }, () => ({ live: true }));
  app.get('/health/ready', { schema: { summary: 'Readiness', tags: TAGS, response: { 200: ReadyAnswer } } }, () => {
    requireReady();
    return { ready: true };
  });
}

function registerModelRoutes(app: TypedApp, requireServedModel: RequireModel, requireReady: RequireModel): void {
  for (const path of ['/models/:model', '/models/:model/versions/:version']) {
    const params = modelParams(path);
    const metadata = { summary: 'Model metadata', tags: TAGS, params, response: { 200: ModelMetadata } };
    app.get(path, { schema: metadata }, ({ params }) => {
      const model = requireServedModel();
      requireServed(params, model);
      const { schema, version } = model;
      const tensors = { inputs: inputMetadata(schema), outputs: outputMetadata(schema) };
      return { name: schema.name, versions: [version], platform: PLATFORM, ...tensors };
    });

    const readiness = { summary: 'Model readiness', tags: TAGS, params, response: { 200: ModelReadyAnswer } };
    app.get(`${path}/ready`, { schema: readiness }, ({ params }) => {
      const model = requireReady();
      requireServed(params, model);
      return { name: model.schema.name, ready: true };
    });
  }
}

function registerIndex(app: TypedApp, requireServedModel: RequireModel): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
  app.post(
    '/repository/index',
    {
      bodyLimit: INDEX_BODY_LIMIT,
      schema: { summary: 'Models and their state', tags: TAGS, response: { 200: RepositoryIndex } },
    },
    () => {
      const { schema, version } = requireServedModel();
      return [{ name: schema.name, version, state: 'READY', reason: '' }];
    },
  );
}
