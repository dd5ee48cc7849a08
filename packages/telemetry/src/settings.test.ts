import { describe, expect, it } from 'vitest';
import { parsePairs } from './pairs.ts';
import { readTelemetrySettings } from './test-settings.ts';

describe('the settings', () => {
  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://user:pass@collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=%zz'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.1'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon'],
  ])('refuse %s=%s in one line that does not repeat it', (key, value) => {
    const read = () => readTelemetrySettings({ [key]: value });
    expect(read).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ key })] }));
    expect(read).not.toThrow(value);
  });

  it.each(['0', '1', '0.05', '.5'])('take a share of %s', (share) => {
    expect(readTelemetrySettings({ OTEL_TRACES_SAMPLER_ARG: share }).OTEL_TRACES_SAMPLER_ARG).toBe(share);
  });
});

describe('parsePairs', () => {
  it.each([
    ['', {}],
    ['a=1', { a: '1' }],
    [' a = 1 , b=x=y,, c=%2C ', { a: '1', b: 'x=y', c: ',' }],
    ['a', undefined],
    ['=1', undefined],
    ['a=%', undefined],
  ])('reads %j', (text, pairs) => {
    expect(parsePairs(text)).toEqual(pairs);
  });
});
