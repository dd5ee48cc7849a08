/** `/openapi.json`, the OpenAPI 3.1 document made from the routes' schemas, and `/docs`, an interactive page of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../config.ts';

/** Where the page's files are in a bundle: beside it. The package finds its own when it runs from `node_modules`. */
const BUNDLED_ASSETS = join(import.meta.dirname, 'static');

/** Installs the document and its page; call it before routes are registered. */
export async function installOpenApi(app: FastifyInstance, config: ApiConfig, version = '0.0.0'): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: config.API_NAME, description: config.API_DESCRIPTION, version },
      ...(config.API_KEY && {
        components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } } },
        security: [{ apiKey: [] }],
      }),
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { tryItOutEnabled: true },
    ...(existsSync(BUNDLED_ASSETS) && { baseDir: BUNDLED_ASSETS }),
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
