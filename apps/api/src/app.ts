/** The composition root of an app: what is registered, in which order, with what. Built for one dataset schema, or for none yet. */
import { nameRoutes } from '@iris/telemetry';
import Fastify, { type FastifyInstance } from 'fastify';
import { originsOf } from './config.ts';
import type { AppDependencies, PredictionLog } from './dependencies.ts';
import { registerDrift } from './features/drift/routes.ts';
import { registerExplain } from './features/explain/routes.ts';
import { registerHealth, requireModel } from './features/health/routes.ts';
import { registerInfo } from './features/info/routes.ts';
import { registerMetrics } from './features/metrics/routes.ts';
import { timeRequests } from './features/metrics/time-requests.ts';
import { registerInvocations, registerPing } from './features/mlflow/routes.ts';
import { registerModel, registerSamples } from './features/model/routes.ts';
import { registerModels } from './features/models/routes.ts';
import { registerBatch } from './features/predict/batch-routes.ts';
import { exampleSample } from './features/predict/example-sample.ts';
import { createInstanceReader } from './features/predict/instance-reader.ts';
import { createPredictor } from './features/predict/predictor.ts';
import { registerPredict } from './features/predict/routes.ts';
import { registerPredictions } from './features/predictions/routes.ts';
import { registerInfer } from './features/v2/infer-routes.ts';
import { registerInferenceService } from './features/v2/service-routes.ts';
import type { ModelScope, TypedApp } from './model-scope.ts';
import type { Served } from './models/served-model.ts';
import { API_KEY_FIELD, requireKeyWhereProtected, requireSecret } from './plugins/api-key.ts';
import { type CompileSchema, createSchemaCompiler, lazyCompilers } from './plugins/compilers.ts';
import { allowPages } from './plugins/cors.ts';
import { refuseEncodedBodies } from './plugins/encodings.ts';
import { installJson } from './plugins/json.ts';
import { installOpenApi } from './plugins/openapi.ts';
import { installProblems, sendProblem, showError } from './plugins/problems.ts';
import { installShedding } from './plugins/shedding.ts';
import { installUnmatched } from './plugins/unmatched.ts';
import { tracePredictor } from './tracing/trace-predictor.ts';

/** Longest path parameter, such as a model's name. */
const MAX_PARAM_LENGTH = 200;

/** What an app of a loaded model serves: models of one dataset schema, and the log of their predictions. */
export interface ModelService {
  /** The model of the moment. */
  readonly served: Served;
  readonly log: PredictionLog | undefined;
}

/**
 * Builds an app, ready to answer; it does not listen.
 *
 * @param service the model and its log; without it only the service's own routes
 *   answer, everything else is 503.
 */
export async function buildApp(dependencies: AppDependencies, service: ModelService | undefined): Promise<FastifyInstance> {
  const compile = createSchemaCompiler();
  const app = Fastify({
    // Two lines for each request cost more than the prediction, and so does the logger that Fastify makes for each.
    ...(isVerbose(dependencies.logger.level) && { loggerInstance: dependencies.logger }),
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, showError(error)),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    bodyLimit: dependencies.config.BODY_LIMIT,
    schemaController: lazyCompilers(compile),
  });
  app.removeContentTypeParser('text/plain');
  nameRoutes(app, dependencies.telemetry);
  installJson(app);
  installProblems(app, dependencies.logger);
  allowPages(app, originsOf(dependencies.config.CORS_ORIGINS));
  installUnmatched(app, dependencies.metrics);
  timeRequests(app, dependencies.metrics);
  await installOpenApi(app, dependencies.config, service?.served().version);
  registerMetrics(app, dependencies);
  registerInfo(app, dependencies, service?.served);
  registerHealth(app, dependencies, service?.served);
  await registerInferenceService(app, dependencies, service?.served);
  if (service) registerModel(app, service.served);
  await app.register(async function protectedRoutes(scope) {
    const { API_KEY } = dependencies.config;
    if (API_KEY) scope.addHook('onRequest', requireSecret(API_KEY, API_KEY_FIELD));
    installShedding(scope, dependencies.config);
    await scope.register(async function modelRoutes(models) {
      refuseEncodedBodies(models);
      registerModels(models as TypedApp, dependencies);
    });
    if (service) await registerModelFeatures(scope, dependencies, service, compile);
  });
  if (service) registerPing(app);
  else refuseUntilLoaded(app, dependencies);
  await app.ready();
  return app;
}

function isVerbose(level: string): boolean {
  return level === 'debug' || level === 'trace';
}

async function registerModelFeatures(
  scope: FastifyInstance,
  dependencies: AppDependencies,
  { served, log }: ModelService,
  compile: CompileSchema,
) {
  const { schema, document } = served();
  const features = {
    dependencies,
    schema,
    example: exampleSample(document.reference.samples, dependencies.config.API_KEY !== undefined),
    served,
    log,
    predictor: tracePredictor(createPredictor(dependencies, served, log), dependencies.telemetry, served),
    readInstance: createInstanceReader(schema, compile),
  };
  await registerInfer({ ...features, app: scope as TypedApp });
  await scope.register(async function plainRoutes(plain) {
    refuseEncodedBodies(plain);
    const modelScope: ModelScope = { ...features, app: plain as TypedApp };
    registerPredict(modelScope);
    registerExplain(modelScope);
    await registerBatch(modelScope);
    registerPredictions(modelScope);
    registerDrift(modelScope);
    registerSamples(modelScope);
    await registerInvocations(modelScope);
  });
}

function refuseUntilLoaded(app: FastifyInstance, { models, config }: AppDependencies): void {
  app.all('/*', { onRequest: requireKeyWhereProtected(config) }, () => requireModel(models, undefined));
}
