import { describe, expect, it } from 'vitest';
import type { Prediction } from '../port.ts';
import { cleanText, decodeRecord, encodeRecord } from '../record-json.ts';
import { testPrediction, testRecord } from '../test-records.ts';
import { LineEncoder } from './line-encoder.ts';

/** The line of a prediction, in no more room than the encoder asks for. */
function encode(prediction: Prediction, encoder = new LineEncoder()): string {
  const target = Buffer.alloc(encoder.maxBytes(prediction));
  return target.toString('utf8', 0, encoder.write(target, 0, prediction));
}

const HOSTILE = ['"},{"a":"', 'back\\', 'new\nline', 'ß 🌸 中', '\u001f', '__proto__', 'null', ' ', '\u2028', '"'.repeat(500)];

describe('LineEncoder', () => {
  it('writes the same record as encodeRecord', () => {
    const record = testRecord(7, { features: { tenure_months: 12, plan_type: 'basic', minutes: 33.333333333333336 } });
    const line = encode(testPrediction(7, record));
    expect(line.endsWith('}\n')).toBe(true);
    expect(decodeRecord(line)).toEqual(record);
    expect(JSON.parse(line)).toEqual(JSON.parse(encodeRecord(record)));
  });

  it('puts the recordId first, and leaves out a requestId that is the same', () => {
    const { recordId } = testRecord(1);
    const line = encode(testPrediction(1, { requestId: recordId }));
    expect(Object.keys(JSON.parse(line)).slice(0, 2)).toEqual(['recordId', 'createdAt']);
    expect(decodeRecord(line)?.requestId).toBe(recordId);
  });

  it.each(HOSTILE)('writes %j, wherever it stands, in one line that reads as the same', (text) => {
    const record = testRecord(0, {
      requestId: text,
      label: text,
      model: text,
      version: text,
      instance: text,
      features: Object.fromEntries([[text, text]]),
      probabilities: Object.fromEntries([[text, 1]]),
    });
    const line = encode(testPrediction(0, record));
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(decodeRecord(line)).toEqual(record);
  });

  it('cleans text of what PostgreSQL refuses, names of features and classes included', () => {
    const text = 'a\0\ud800';
    const record = testRecord(0, { requestId: text, label: text, features: { [text]: text }, probabilities: { [text]: 1 } });
    const clean = cleanText(text);
    expect(decodeRecord(encode(testPrediction(0, record)))).toMatchObject({
      requestId: clean,
      label: clean,
      features: { [clean]: clean },
      probabilities: { [clean]: 1 },
    });
  });

  it('writes one source after another, and a time after another', () => {
    const encoder = new LineEncoder();
    for (const n of [0, 1, 1, 2, 0]) {
      const record = testRecord(n, n === 1 ? { version: '2', features: { other: 1 }, probabilities: { versicolor: 1 } } : {});
      expect(decodeRecord(encode(testPrediction(n, record), encoder))).toEqual(record);
    }
  });

  it('takes a typed array, and a source without features', () => {
    const { source, ...rest } = testPrediction(0);
    const bare = {
      ...rest,
      source: { ...source, featureNames: [] },
      features: [],
      probabilities: Float64Array.of(0.5, 0.25, 0.25),
    };
    expect(decodeRecord(encode(bare))).toMatchObject({
      features: {},
      probabilities: { setosa: 0.5, versicolor: 0.25, virginica: 0.25 },
    });
  });
});
