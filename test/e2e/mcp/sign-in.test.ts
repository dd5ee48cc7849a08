import { join } from 'node:path';
import { Client, type OAuthClientProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestIssuer, type TestIssuer } from '../../../apps/mcp-server/src/http/test-issuer.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { CLIENTS } from '../support/mcp-clients.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const LIST = { jsonrpc: '2.0', id: 7, method: 'tools/list' };

let api: ApiProcess;
let issuer: TestIssuer;
let server: McpProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
  issuer = await startTestIssuer();
  const port = await freePort();
  server = await startMcpProcess({
    API_URL: api.url,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    OAUTH_ISSUER: issuer.url,
    OAUTH_SCOPE: 'predict',
    MCP_TOKEN: 'token-of-the-agent',
  });
});
afterAll(async () => {
  await server?.terminate();
  issuer?.close();
  await api?.terminate();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A person who signs in at once: what the browser would be sent to is asked, and gives the code. */
function signIn() {
  let tokens: { access_token: string; token_type: string } | undefined;
  let client: { client_id: string } | undefined;
  let verifier = '';
  let code = '';
  const provider = {
    redirectUrl: 'http://127.0.0.1:1/callback',
    clientMetadata: { redirect_uris: ['http://127.0.0.1:1/callback'], client_name: 'test', token_endpoint_auth_method: 'none' },
    clientInformation: () => client,
    saveClientInformation(information: { client_id: string }) {
      client = information;
    },
    tokens: () => tokens,
    saveTokens(given: { access_token: string; token_type: string }) {
      tokens = given;
    },
    saveCodeVerifier(given: string) {
      verifier = given;
    },
    codeVerifier: () => verifier,
    async redirectToAuthorization(address: URL) {
      const { headers } = await fetch(address, { redirect: 'manual' });
      code = new URL(headers.get('location')!).searchParams.get('code')!;
    },
  };
  return { provider, code: () => code, token: () => tokens?.access_token };
}

describe('a client that knows nothing but the address', () => {
  it('of SDK 1.x finds the issuer, registers, signs in and calls', async () => {
    const person = signIn();
    const options = { serverUrl: `${server.url}/mcp` };
    // Their types do not allow what their own code returns under exactOptionalPropertyTypes.
    const provider = person.provider as unknown as Parameters<typeof auth>[0];
    expect(await auth(provider, options)).toBe('REDIRECT');
    expect(await auth(provider, { ...options, authorizationCode: person.code() })).toBe('AUTHORIZED');
    for (const [, connect] of CLIENTS) {
      const client = await connect(server.url, { headers: bearer(person.token()!) });
      expect((await client.callTool('predict', SAMPLE)).structuredContent).toMatchObject({ prediction: 'setosa' });
      await client.close();
    }
  });

  it('of the v2 SDK does all of it when it is refused', async () => {
    const person = signIn();
    const authProvider = person.provider as unknown as OAuthClientProvider;
    const connect = async () => {
      const client = new Client({ name: 'test', version: '1' });
      const transport = new StreamableHTTPClientTransport(new URL('/mcp', server.url), { authProvider });
      return { client, transport, connected: client.connect(transport) };
    };
    const first = await connect();
    await expect(first.connected).rejects.toThrow();
    await first.transport.finishAuth(person.code());
    const second = await connect();
    await second.connected;
    const { structuredContent } = await second.client.callTool({ name: 'predict', arguments: SAMPLE });
    expect(structuredContent).toMatchObject({ prediction: 'setosa' });
    await second.client.close();
  });
});

describe('metadata of the resource', () => {
  it.each(['', '/mcp', '/sse'])('stand at the well-known place of %j, for pages of any origin', async (path) => {
    const answer = await fetch(`${server.url}/.well-known/oauth-protected-resource${path}`, {
      headers: { origin: 'https://page.example' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(await answer.json()).toEqual({
      resource: server.url + path,
      authorization_servers: [issuer.url],
      bearer_methods_supported: ['header'],
      scopes_supported: ['predict'],
    });
  });

  it.each(['/mcp', '/messages?sessionId=1'])('are named where %s refuses', async (path) => {
    const answer = await server.post(path, LIST);
    expect(answer.status).toBe(401);
    const place = /resource_metadata="([^"]+)"/.exec(answer.headers.get('www-authenticate')!)![1]!;
    expect((await fetch(place)).status).toBe(200);
  });
});

describe('tokens', () => {
  it('of the issuer are let in, and so is the secret one; others are not', async () => {
    const good = await issuer.sign({ aud: `${server.url}/mcp`, scope: 'predict' });
    const statusOf = async (token: string) => (await server.post('/mcp', LIST, bearer(token))).status;
    expect(await statusOf(good)).toBe(200);
    expect(await statusOf('token-of-the-agent')).toBe(200);
    expect(await statusOf('token-of-nobody')).toBe(401);
    expect(await statusOf(await issuer.sign({ aud: 'https://other.example', scope: 'predict' }))).toBe(401);
    expect(await statusOf(`${good.slice(0, -4)}AAAA`)).toBe(401);
  });

  it('without the scope are refused with 403 that names the reason', async () => {
    const answer = await server.post('/mcp', LIST, bearer(await issuer.sign({ aud: `${server.url}/mcp` })));
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });
});
