import { describe, expect, it } from 'vitest';
import * as agent from '../apps/agent/src/config.ts';
import * as api from '../apps/api/src/config.ts';
import * as mcp from '../apps/mcp-server/src/config.ts';
import * as web from '../apps/web/src/lib/server/config.ts';
import { readRepositoryFile } from './repository.ts';

/** Settings stand in comments: a copy of the file changes nothing until somebody takes one out. */
function readExample(path: string): Map<string, string> {
  return new Map([...readRepositoryFile(path).matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, key, value]) => [key!, value!]));
}

it.each(['.env.example', ...['web', 'mcp-server', 'agent'].map((app) => `apps/${app}/.env.example`)])(
  '%s is all comments',
  (path) => {
    expect(readRepositoryFile(path)).not.toMatch(/^[^#\n]/m);
  },
);

describe('.env.example', () => {
  const example = readExample('.env.example');

  it('names each setting of the API, and no other', () => {
    expect([...example.keys()].sort()).toEqual(Object.keys(api.SETTINGS).sort());
  });

  it('shows the defaults', () => {
    const MODEL_FILE = example.get('MODEL_FILE')!;
    expect(api.readConfig(Object.fromEntries(example))).toEqual(api.readConfig({ MODEL_FILE }));
  });
});

describe('apps/web/.env.example', () => {
  const example = readExample('apps/web/.env.example');

  it('names each setting of the web client, and no other', () => {
    expect([...example.keys()].sort()).toEqual(Object.keys(web.SETTINGS).sort());
  });

  it('shows the defaults', () => {
    expect(web.readConfig(Object.fromEntries(example))).toEqual(web.readConfig({}));
  });
});

describe('apps/mcp-server/.env.example', () => {
  const example = readExample('apps/mcp-server/.env.example');

  it('names each setting of the MCP server, and no other', () => {
    expect([...example.keys()].sort()).toEqual(Object.keys(mcp.SETTINGS).sort());
  });

  it('shows the defaults', () => {
    expect(mcp.readConfig(Object.fromEntries(example))).toEqual(mcp.readConfig({}));
  });
});

describe('apps/agent/.env.example', () => {
  const example = readExample('apps/agent/.env.example');

  it('names each setting of the agent, and no other', () => {
    expect([...example.keys()].sort()).toEqual(Object.keys(agent.SETTINGS).sort());
  });

  it('shows the defaults', () => {
    expect(agent.readConfig(Object.fromEntries(example))).toEqual(agent.readConfig({}));
  });
});
