/** `GET /` and `GET /version`: what this is and who answers. */
import type { FastifyInstance } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import type { Served } from '../../models/served-model.ts';
import { isLogConfigured } from '../../open-log.ts';
import { InfoAnswer, VersionAnswer } from './schema.ts';

const LINKS = {
  docs: '/docs',
  openapi: '/openapi.json',
  health: '/health',
  version: '/version',
  model: '/model',
  predict: '/predict',
};

/** Registers the routes. */
export function registerInfo(app: FastifyInstance, { config, instance }: AppDependencies, served: Served | undefined): void {
  app.get('/', { schema: { summary: 'Name, model and links', tags: ['service'], response: { 200: InfoAnswer } } }, () => {
    const model = served?.();
    return {
      name: config.API_NAME,
      description: config.API_DESCRIPTION,
      version: model?.version ?? null,
      model: model?.name ?? null,
      prediction_log: isLogConfigured(config) ? 'on' : 'off',
      links: LINKS,
    };
  });

  app.get(
    '/version',
    { schema: { summary: 'The version that answers', tags: ['service'], response: { 200: VersionAnswer } } },
    () => {
      const model = served?.();
      return {
        version: model?.version ?? null,
        model: model?.name ?? null,
        dataset: model?.schema.name ?? null,
        checksum: model?.document.checksum ?? null,
        build: config.BUILD,
        environment: config.ENVIRONMENT,
        instance,
      };
    },
  );
}
