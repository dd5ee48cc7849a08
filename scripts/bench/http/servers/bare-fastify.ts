/** Fastify with the HTTP server that it makes itself. */
import type { AddressInfo } from 'node:net';
import { buildFixedApp } from './fixed-app.ts';

const app = buildFixedApp(process.argv[2]);
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ port: (app.server.address() as AddressInfo).port })}\n`);
