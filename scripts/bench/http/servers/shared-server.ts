/** The same app behind the HTTP server of this project's services, which keeps an account of its clients; connections are not renewed. */
import { createHttpServer } from '@iris/http-server';
import { buildFixedApp } from './fixed-app.ts';

const app = buildFixedApp(process.argv[2]);
await app.ready();
const http = createHttpServer({
  handler: () => app.routing,
  requestsPerConnection: Number.MAX_SAFE_INTEGER,
  connectionAgeMs: Number.MAX_SAFE_INTEGER,
  maxConnections: 1000,
  vitalPaths: [],
  bufferLimit: 4_194_304,
  clock: () => performance.now(),
  random: Math.random,
});
process.stdout.write(`${JSON.stringify({ port: await http.listen(0, '127.0.0.1') })}\n`);
