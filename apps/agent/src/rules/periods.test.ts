import { describe, expect, it } from 'vitest';
import { NOW } from '../test-app.ts';
import { readPeriod } from './periods.ts';

describe('readPeriod', () => {
  it.each([
    ['since yesterday', { from: '2026-11-20T00:00:00.000Z' }],
    ['yesterday', { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }],
    ['hier', { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }],
    ["aujourd'hui", { from: '2026-11-21T00:00:00.000Z' }],
    ['in the last 2 hours', { from: '2026-11-21T10:00:00.000Z' }],
    ['les 7 derniers jours', { from: '2026-11-14T12:00:00.000Z' }],
    ['depuis trois jours', { from: '2026-11-18T12:00:00.000Z' }],
    ['la semaine dernière', { from: '2026-11-14T12:00:00.000Z' }],
    ['this month', { from: '2026-11-01T00:00:00.000Z' }],
    ['since Monday', { from: '2026-11-16T00:00:00.000Z' }],
    ['depuis le 1er mars 2025', { from: '2025-03-01' }],
    ['from January 5, 2026 to 2026-02-01', { from: '2026-01-05', to: '2026-02-01' }],
    ['from the 1st to the 15th of April 2025', { from: '2025-04-01', to: '2025-04-15' }],
    ['between March 1 and April 15, 2025', { from: '2025-03-01', to: '2025-04-15' }],
    ['depuis le 3 mai', { from: '2026-05-03' }],
    ['depuis le 3 décembre', { from: '2025-12-03' }],
    ['until 2026-02-01T10:00Z', { to: '2026-02-01T10:00Z' }],
    ['compare the versions', {}],
  ])('%j is %j', (text, period) => {
    expect(readPeriod(text, NOW)).toEqual(period);
  });
});
