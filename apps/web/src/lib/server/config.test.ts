import { anyAddress } from '@iris/settings';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('needs nothing: the API is on this machine', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 8501,
      HOST: anyAddress(),
      API_URL: 'http://localhost:8000',
      API_TIMEOUT_MS: 15_000,
    });
    expect(readConfig({}).API_KEY).toBeUndefined();
  });

  it('takes an address with a path, and keeps the key from being printed', () => {
    const config = readConfig({ API_URL: 'https://example.org/iris/', API_KEY: 'secret', HOST: '127.0.0.1' });
    expect(config.API_URL).toBe('https://example.org/iris/');
    expect(config.API_KEY?.reveal()).toBe('secret');
    expect(JSON.stringify(config)).not.toContain('secret');
  });

  it.each(['localhost:8002', 'ftp://host', 'http://user@host'])('refuses %s as AGENT_URL, and does without one', (AGENT_URL) => {
    expect(() => readConfig({ AGENT_URL })).toThrow(/^AGENT_URL: must be http/);
    expect(readConfig({}).AGENT_URL).toBeUndefined();
  });

  it.each(['localhost:8000', 'ftp://host', 'http://user@host', 'http://host/?key=1', 'http://host/#part'])(
    'refuses %s as API_URL',
    (API_URL) => {
      expect(() => readConfig({ API_URL })).toThrow(/^API_URL: must be http/);
    },
  );

  it('reports every fault together', () => {
    expect(() => readConfig({ PORT: '0', API_URL: 'nowhere', DRAIN_MS: 'soon' })).toThrow(/^PORT: .*\nDRAIN_MS: .*\nAPI_URL: /s);
  });

  it('needs a password beside a key, or the page would hand the key’s powers to everybody', () => {
    expect(() => readConfig({ API_KEY: 'secret' })).toThrow(/^LOGIN_PASSWORD: is needed with API_KEY/);
    expect(readConfig({ API_KEY: 'secret', LOGIN_PASSWORD: 'twelve chars' }).LOGIN_PASSWORD?.reveal()).toBe('twelve chars');
  });

  it.each([{ LOGIN: 'none' }, { HOST: '127.0.0.1' }, { HOST: 'localhost' }, { HOST: '::1' }])(
    'needs none with %j',
    (settings) => {
      expect(readConfig({ API_KEY: 'secret', ...settings }).LOGIN_PASSWORD).toBeUndefined();
    },
  );

  it('takes no password that can be guessed', () => {
    expect(() => readConfig({ LOGIN_PASSWORD: 'elevenchars' })).toThrow('LOGIN_PASSWORD: must have 12 characters or more');
  });
});
