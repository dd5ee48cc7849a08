/** What Fastify alone can do: validates by the schemas of `POST /predict`, gives a fixed answer, serializes it. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FixedRoute } from '../fixed-route.ts';

const { querystring, body, response, answer } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as FixedRoute;

// Not strict: the schema is of JSON Schema 2020-12, whose keyword for tuples Fastify's own validator does not know.
const app = Fastify({ ajv: { customOptions: { strict: false } } });
app.post('/predict', { schema: { querystring, body, response: { 200: response } } }, () => answer);
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ port: (app.server.address() as AddressInfo).port })}\n`);
