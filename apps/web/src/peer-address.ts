/** Notes the address at the other end of each connection in the request's headers, before Next sees them. */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { PEER_HEADER } from './lib/server/client-address.ts';

/** To be called once, before a server is started. Node publishes a request before it hands it to its server. */
export function notePeers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  });
}
