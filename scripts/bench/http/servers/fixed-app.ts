/** What Fastify alone can do: validates by the schemas of `POST /predict`, gives a fixed answer, serializes it. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import type { FixedRoute } from '../fixed-route.ts';

/** Builds the app of the route in a file. */
export function buildFixedApp(file = '') {
  const { querystring, body, response, answer } = JSON.parse(readFileSync(file, 'utf8')) as FixedRoute;
  // Not strict: the schema is of JSON Schema 2020-12, whose keyword for tuples Fastify's own validator does not know.
  const app = Fastify({ ajv: { customOptions: { strict: false } } });
  app.post('/predict', { schema: { querystring, body, response: { 200: response } } }, () => answer);
  return app;
}
