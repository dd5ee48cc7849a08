import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect } from 'vitest';
import type { ClientProcess } from './support/client-process.ts';
import { it } from './support/page.ts';

/** As many as the connections to the API that calls of the pages share. */
const UPLOADS = 64;
const ROW = '{"features":[5.1,3.5,1.4,0.2]}\n';
/** Far below the minute for which calls hung, and enough for a busy machine. */
const AT_ONCE_MS = 15_000;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A batch of unknown length whose sender has sent one row, and may send more; what is answered gathers in `text`. */
function startUpload(client: ClientProcess, type: string): { readonly socket: Socket; text: string } {
  const socket = connect(client.port, '127.0.0.1');
  sockets.push(socket);
  const upload = { socket, text: '' };
  socket.on('error', () => undefined).on('data', (chunk) => (upload.text += chunk));
  const head = ['POST /api/predict/batch?log=false HTTP/1.1', `Host: 127.0.0.1:${client.port}`, `Content-Type: ${type}`];
  socket.write(`${head.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  sendRow(socket);
  return upload;
}

function sendRow(socket: Socket): void {
  socket.write(`${ROW.length.toString(16)}\r\n${ROW}\r\n`);
}

/** What the pages ask, each within the time. */
async function expectAnswers(client: ClientProcess): Promise<void> {
  const signal = AbortSignal.timeout(AT_ONCE_MS);
  const headers = { 'content-type': 'application/json' };
  const instances = Array.from({ length: 1728 }, () => ({ features: [5.1, 3.5, 1.4, 0.2] }));
  const post = (path: string, body: object) =>
    fetch(client.url + path, { method: 'POST', headers, body: JSON.stringify(body), signal });
  const answers = await Promise.all([
    fetch(`${client.url}/healthz`, { signal }),
    ...['/api/version', '/api/model', '/api/samples', '/api/backend'].map((path) => fetch(client.url + path, { signal })),
    post('/api/predict?log=false', { features: [5.1, 3.5, 1.4, 0.2] }),
    post('/api/predict/batch?log=false', { instances }),
    post('/api/explain', { features: [5.1, 3.5, 1.4, 0.2] }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
}

describe('64 uploads whose senders take their time', () => {
  it('keep no call of a page waiting, and are answered row by row themselves', async ({ startApi, startClient }) => {
    const api = await startApi('iris-rf');
    const client = await startClient({ API_URL: api.url });
    const uploads = Array.from({ length: UPLOADS }, () => startUpload(client, 'application/x-ndjson'));
    await expect.poll(() => uploads.filter(({ text }) => text.includes('setosa')).length).toBe(UPLOADS);
    await expectAnswers(client);
    for (const { socket } of uploads) sendRow(socket);
    await expect.poll(() => uploads.filter(({ text }) => text.split('setosa').length >= 3).length).toBe(UPLOADS);
    await expectAnswers(client);
    for (const { socket } of uploads) socket.write('0\r\n\r\n');
    await expect.poll(() => uploads.filter(({ text }) => text.endsWith('0\r\n\r\n')).length).toBe(UPLOADS);
  });

  it('keep no call waiting as bodies of JSON either, which are read before the API is asked', async ({
    startApi,
    startClient,
  }) => {
    const api = await startApi('iris-rf');
    const client = await startClient({ API_URL: api.url });
    for (let upload = 0; upload < UPLOADS; upload++) startUpload(client, 'application/json');
    await expectAnswers(client);
  });
});
