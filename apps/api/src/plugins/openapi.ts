/** `/openapi.json`, the OpenAPI 3.1 document made from the routes' schemas, and `/docs`, an interactive page of it. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { registerDocsPage } from './docs-page.ts';

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
  registerDocsPage(app);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
