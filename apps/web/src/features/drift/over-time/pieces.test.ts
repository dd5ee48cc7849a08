import { describe, expect, it } from 'vitest';
import type { DriftTimeline, PredictionTimeline } from '../../../lib/api/drift-types.ts';
import { piecesOf, versionChanges } from './pieces.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const at = (hour: number) => new Date(START + hour * HOUR_MS).toISOString();

function counted(...versions: readonly (readonly (string | null)[])[]): PredictionTimeline {
  return {
    period_seconds: 3600,
    periods: versions.map((own, hour) => ({
      start: at(hour),
      predictions: 10 * own.length,
      judged: 0,
      accuracy: null,
      by_version: own.map((version) => ({ version })),
    })),
  };
}

const drift: DriftTimeline = {
  period_seconds: 3600,
  periods: [
    { start: at(1), share_of_drifted_columns: 0.5, greatest_effect: 0.7, greatest_effect_column: 'tenure_months' },
    { start: at(2), share_of_drifted_columns: null, greatest_effect: null, greatest_effect_column: null },
  ],
};

describe('piecesOf', () => {
  it('has drift where it is known, by the beginning of the piece', () => {
    const pieces = piecesOf(counted(['1'], ['1'], ['1'], []), drift);
    expect(pieces.map(({ from, to }) => (to - from) / HOUR_MS)).toEqual([1, 1, 1, 1]);
    expect(pieces.map(({ drifting }) => drifting)).toEqual([null, 0.5, null, null]);
    expect(pieces[1]!.greatest).toEqual({ column: 'tenure_months', effect: 0.7 });
    expect(pieces[2]!.greatest).toBeNull();
  });

  it('has no drift of another span, whose pieces may begin at the same time', () => {
    const pieces = piecesOf(counted(['1'], ['1'], ['1']), { ...drift, period_seconds: 6 * 3600 });
    expect(pieces.map(({ drifting, greatest }) => [drifting, greatest])).toEqual(Array(3).fill([null, null]));
  });

  it('has counts before drift is there', () => {
    expect(piecesOf(counted(['1', '2']), undefined)).toMatchObject([{ predictions: 20, drifting: null, versions: ['1', '2'] }]);
  });
});

describe('versionChanges', () => {
  it('are where another version answers most, whatever lies between', () => {
    const pieces = piecesOf(counted([], ['1'], ['1', '2'], ['2', '1'], [], ['2'], [null], ['1']), undefined);
    expect(versionChanges(pieces).map(({ at, version }) => [(at - START) / HOUR_MS, version])).toEqual([
      [3, '2'],
      [6, null],
      [7, '1'],
    ]);
  });

  it('are none where one version serves, or nothing was predicted', () => {
    expect(versionChanges(piecesOf(counted(['1'], ['1'], []), undefined))).toEqual([]);
    expect(versionChanges(piecesOf(counted([], []), undefined))).toEqual([]);
  });
});
