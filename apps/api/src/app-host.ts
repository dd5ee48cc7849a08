/** Keeps the app that answers: built anew when the served dataset's schema changes, otherwise the same for every model. */
import type { RequestHandler } from '@iris/http-server';
import { logTarget } from '@iris/prediction-log/postgres';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { AppDependencies, PredictionLog } from './dependencies.ts';
import type { ServedModel } from './models/served-model.ts';

/** The app in service. */
export interface AppHost {
  /** Handler of the moment, for the HTTP server. */
  handler(): RequestHandler;
  /** The log of the app in service, if there is one. */
  log(): PredictionLog | undefined;
  close(): Promise<void>;
}

interface Service {
  readonly app: FastifyInstance;
  /** Exchanged in place by a model of the same schema; an app never sees a model of another. */
  model: ServedModel | undefined;
  readonly log: PredictionLog | undefined;
}

/** Builds the first app and follows the model source from then on. */
export async function hostApp(dependencies: AppDependencies): Promise<AppHost> {
  const { models, logger } = dependencies;
  const starting = startService(dependencies, models.current());
  let replacing: Promise<unknown> = starting;

  async function serve(model: ServedModel): Promise<void> {
    if (service.model && JSON.stringify(service.model.schema) === JSON.stringify(model.schema)) service.model = model;
    // The old app is not closed: it owns nothing but its routes, and the requests it has begun end on it.
    else service = await startService(dependencies, model);
    logger.info({ model: model.name, version: model.version, checksum: model.document.checksum }, 'serving a new model');
  }

  // Before the first app is there: a change while it is being built must not be missed.
  models.onChange((model) => {
    replacing = replacing
      .then(() => serve(model))
      .catch((error: unknown) =>
        logger.error({ err: error }, 'the app for the new model could not be built; the old one goes on'),
      );
  });
  let service = await starting;
  return {
    handler: () => service.app.routing,
    log: () => service.log,
    async close() {
      await replacing;
      await service.app.close();
    },
  };
}

async function startService(dependencies: AppDependencies, model: ServedModel | undefined): Promise<Service> {
  const slot = { model, log: model && (await dependencies.openLog(logTarget(model.schema.target))) };
  const app = await buildApp(dependencies, model && { served: () => slot.model as ServedModel, log: slot.log });
  return Object.assign(slot, { app });
}
