/** `/openapi.json`, the OpenAPI 3.1 document made from the routes' schemas, and `/docs`, an interactive page of it. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { registerDocsPage } from './docs-page.ts';
import { addProblemResponses, ERROR_SCHEMAS } from './problem-responses.ts';
import { keep, sendShared } from './static-answer.ts';

/** Installs the document and its page; call it before routes are registered. */
export async function installOpenApi(app: FastifyInstance, config: ApiConfig, version = '0.0.0'): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: config.API_NAME, description: config.API_DESCRIPTION, version },
      components: {
        schemas: ERROR_SCHEMAS,
        securitySchemes: {
          ...(config.API_KEY && { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } }),
          ...(config.MONITORING_TOKEN && { monitoringToken: { type: 'http', scheme: 'bearer' } }),
        },
      },
    },
    transformObject(document) {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const guards = { apiKey: config.API_KEY !== undefined, monitoringToken: config.MONITORING_TOKEN !== undefined };
      addProblemResponses(document.openapiObject.paths as Parameters<typeof addProblemResponses>[0], guards);
      return document.openapiObject;
    },
  });
  registerDocsPage(app);
  // Made when it is first asked for: the routes registered after this are in it.
  const bytes = keep(() => Buffer.from(JSON.stringify(app.swagger())));
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    sendShared(reply.type('application/json; charset=utf-8'), await bytes()),
  );
}
