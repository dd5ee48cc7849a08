import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readSettings, Secret, SettingsError, secret, str, wholeNumber, word } from './index.ts';

const SPECS = {
  PORT: wholeNumber({ min: 0, max: 65_535 })({ default: 8000 }),
  LOG_LEVEL: word(['debug', 'info'])({ default: 'info' }),
  API_KEY: secret({ default: undefined }),
  NAME: str(),
};

describe('readSettings', () => {
  it('gives parsed values, defaults, and nothing but the keys asked for', () => {
    const settings = readSettings(SPECS, { NAME: 'iris', PORT: '80', HOME: '/root' });
    expect(settings).toEqual({ PORT: 80, LOG_LEVEL: 'info', API_KEY: undefined, NAME: 'iris' });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('reports every fault together, each with its key', () => {
    const read = () => readSettings(SPECS, { PORT: '80a', LOG_LEVEL: 'loud' });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/PORT: must be a whole number.*\nLOG_LEVEL: must be one of debug, info\nNAME: /s);
  });

  it('adds the faults of rules over several settings', () => {
    const check = () => [{ key: 'PORT', detail: 'is taken' }];
    expect(() => readSettings(SPECS, { NAME: 'iris' }, check)).toThrow('PORT: is taken');
  });

  it('reports those together with the faults of single settings, which such rules see as absent', () => {
    const check = ({ PORT }: { readonly PORT?: number }) => [{ key: 'HOST', detail: `is needed without PORT ${PORT}` }];
    expect(() => readSettings(SPECS, { NAME: 'iris', PORT: 'x' }, check)).toThrow(
      /PORT: must be.*\nHOST: is needed without PORT undefined/,
    );
  });

  it('takes an empty string for absent and a word in any case', () => {
    const settings = readSettings(SPECS, { NAME: 'iris', PORT: '', API_KEY: '', LOG_LEVEL: 'INFO' });
    expect(settings).toMatchObject({ PORT: 8000, API_KEY: undefined, LOG_LEVEL: 'info' });
  });

  it.each(['-1', '65536', '1.5', ' ', '0x', 'NaN'])('refuses %j as a port', (PORT) => {
    expect(() => readSettings(SPECS, { NAME: 'iris', PORT })).toThrow('PORT: must be a whole number from 0 to 65535');
  });
});

describe('Secret', () => {
  it.each([
    [' ', 'API_KEY: must not be blank'],
    ['\t\n', 'API_KEY: must not be blank'],
    ['hunter2\n', 'API_KEY: must not begin or end with white space'],
    [' hunter2', 'API_KEY: must not begin or end with white space'],
  ])('is not %j', (API_KEY, line) => {
    expect(() => readSettings(SPECS, { NAME: 'iris', API_KEY })).toThrow(line);
  });

  it('shows itself to reveal alone', () => {
    const { API_KEY } = readSettings(SPECS, { NAME: 'iris', API_KEY: 'hunter2' });
    expect(API_KEY?.reveal()).toBe('hunter2');
    const printed = [`${API_KEY}`, JSON.stringify({ API_KEY }), inspect({ API_KEY }), String(new Secret('hunter2'))].join();
    expect(printed).not.toContain('hunter2');
    expect(printed).toContain('[redacted]');
  });
});
