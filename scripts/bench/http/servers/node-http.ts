/** What Node alone can do: reads the body, gives a fixed answer. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FixedRoute } from '../fixed-route.ts';

const { answer } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as FixedRoute;
const body = JSON.stringify(answer);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };

const server = createServer(function answerRequest(request, response) {
  request.resume().once('end', () => response.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
