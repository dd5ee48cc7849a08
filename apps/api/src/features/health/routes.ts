/** Probes: `/health` says that the process lives, `/startup` and `/ready` whether it should be sent requests. */
import type { FastifyInstance } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { ApiError, ERROR_STATUS, type ErrorCode } from '../../errors.ts';
import type { ModelSource } from '../../models/model-source.ts';
import type { Served } from '../../models/served-model.ts';
import { HealthAnswer, ProbeAnswer } from './schema.ts';

/** Registers the routes. */
export function registerHealth(app: FastifyInstance, { models, lifecycle }: AppDependencies, served: Served | undefined): void {
  app.get('/health', { schema: { summary: 'Liveness', tags: ['service'], response: { 200: HealthAnswer } } }, () => {
    const model = served?.();
    const problem = models.problem();
    return {
      status: problem ? ('error' as const) : ('healthy' as const),
      model_loaded: model !== undefined,
      version: model?.version ?? null,
      current_model: models.currentName() ?? null,
      ...(problem && { detail: problem.detail }),
    };
  });

  app.get('/startup', { schema: { summary: 'Startup probe', tags: ['service'], response: { 200: ProbeAnswer } } }, () => {
    return { status: 'started', current_model: requireModel(models, served) };
  });

  app.get('/ready', { schema: { summary: 'Readiness probe', tags: ['service'], response: { 200: ProbeAnswer } } }, () => {
    if (lifecycle.draining) throw new ApiError('DRAINING', 'This instance is shutting down.');
    return { status: 'ready', current_model: requireModel(models, served) };
  });
}

/**
 * Name of the model in service. One that is in service stays so when the registry goes away later.
 *
 * @throws ApiError 503 that says which part is missing.
 */
export function requireModel(models: ModelSource, served: Served | undefined): string {
  const name = models.currentName();
  if (served && name !== undefined) return name;
  const problem = models.problem();
  throw problem
    ? new ApiError(knownCode(problem.code), problem.detail)
    : new ApiError('MODEL_NOT_LOADED', 'No model is loaded yet.');
}

/** What is wrong inside a model file has codes of its own, which say no more to a caller than that it cannot be read. */
function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code) ? (code as ErrorCode) : 'MODEL_UNREADABLE';
}
