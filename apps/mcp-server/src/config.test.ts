import { describe, expect, it } from 'vitest';
import { namesOf, readApiConfig, readConfig } from './config.ts';

describe('readConfig', () => {
  it('needs no setting, and takes replicas with an address and a key', () => {
    expect(readConfig({})).toMatchObject({ API_URL: 'http://localhost:8000', PORT: 8001, POD_IP: undefined });
    expect(readConfig({ POD_IP: '10.1.2.3', PEER_KEY: 'k'.repeat(32) })).toMatchObject({ POD_IP: '10.1.2.3' });
  });

  it.each([
    [{ API_URL: 'localhost:8000' }, 'API_URL: must be http://HOST:PORT'],
    [{ POD_IP: '8.8.8.8', PEER_KEY: 'k'.repeat(32) }, 'POD_IP: must be a private IP address'],
    [{ POD_IP: 'mcp-server-svc', PEER_KEY: 'k'.repeat(32) }, 'POD_IP: must be a private IP address'],
    [{ MAX_STREAMS: '1000' }, 'MAX_STREAMS: must be less than MAX_CONNECTIONS'],
    [{ POD_IP: '10.1.2.3' }, 'PEER_KEY: is needed with POD_IP'],
    [{ POD_IP: '10.1.2.3', PEER_KEY: 'change-me' }, 'PEER_KEY: must have 32 characters or more'],
    [{ OAUTH_ISSUER: 'https://login.example' }, 'PUBLIC_URL: is needed with OAUTH_ISSUER'],
    [{ OAUTH_ISSUER: 'login.example', PUBLIC_URL: 'https://mcp.example' }, 'OAUTH_ISSUER: must be http'],
    [{ OAUTH_SCOPE: 'predict' }, 'OAUTH_ISSUER: is needed with'],
    [{ PORT: 'x', API_URL: 'ftp://a' }, /PORT: .*\nAPI_URL: /s],
  ])('refuses %j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  it('prints no secret', () => {
    expect(JSON.stringify(readConfig({ MCP_TOKEN: 'hunter2', API_KEY: 'hunter2' }))).not.toContain('hunter2');
  });
});

describe('readApiConfig', () => {
  it('leaves out what a program without a network needs not, and refuses the same', () => {
    const own = Object.keys(readApiConfig({})).filter((key) => !key.startsWith('OTEL_'));
    expect(own.sort()).toEqual(['API_KEY', 'API_TIMEOUT_MS', 'API_URL', 'LOG_LEVEL', 'MODEL_POLL_MS']);
    expect(() => readApiConfig({ API_URL: 'x' })).toThrow('API_URL');
  });
});

describe('namesOf', () => {
  it('reads a list of names', () => {
    expect(namesOf(' Localhost, [::1],,mcp-server-svc')).toEqual(['localhost', '[::1]', 'mcp-server-svc']);
  });
});
