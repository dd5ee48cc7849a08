import { describe, expect, it } from 'vitest';
import { parseTrackingUri, readAuthorization } from './tracking-uri.ts';

describe('parseTrackingUri', () => {
  it('takes the address of a server, with a path, without the slash at its end', () => {
    expect(parseTrackingUri('http://mlflow-server-service:5000')).toEqual({
      kind: 'server',
      url: 'http://mlflow-server-service:5000',
    });
    expect(parseTrackingUri(' https://host.example/mlflow/ ')).toEqual({ kind: 'server', url: 'https://host.example/mlflow' });
  });

  it('takes an empty one for the local store, and MLflow’s own address of a database for one elsewhere', () => {
    expect(parseTrackingUri('')).toEqual({ kind: 'local', directory: '.data/mlflow' });
    expect(parseTrackingUri('sqlite:///mlflow.db')).toEqual({ kind: 'local', directory: '.' });
    expect(parseTrackingUri('sqlite:///runs/mlflow.db')).toEqual({ kind: 'local', directory: 'runs' });
    expect(parseTrackingUri('sqlite:////data/runs/mlflow.db')).toEqual({ kind: 'local', directory: '/data/runs' });
  });

  it('takes a bucket, with or without a prefix', () => {
    expect(parseTrackingUri('gs://my-bucket')).toEqual({ kind: 'object-store', scheme: 'gs', bucket: 'my-bucket', prefix: '' });
    const target = { kind: 'object-store', scheme: 's3', bucket: 'models', prefix: 'teams/a' };
    expect(parseTrackingUri('s3://models/teams/a/')).toEqual(target);
  });

  it('tracks nothing where nothing is set', () => {
    expect(parseTrackingUri(undefined)).toBeUndefined();
  });

  it.each([
    'databricks',
    'ftp://host',
    's3://',
    'gs://UPPER',
    'sqlite:///other.db',
    'file:///mlruns',
    'http://',
    'http://user:hunter2@host:5000',
    'http://host:5000?token=hunter2',
  ])('refuses %j in words that repeat no password', (uri) => {
    expect(() => parseTrackingUri(uri)).toThrow(expect.objectContaining({ code: 'TRACKING_ADDRESS' }));
    expect(() => parseTrackingUri(uri)).not.toThrow(/hunter2/);
  });

  it('says where a user and password belong', () => {
    expect(() => parseTrackingUri('http://user:hunter2@host')).toThrow(/MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD/);
  });
});

describe('readAuthorization', () => {
  it('prefers user and password to the token, and needs both', () => {
    const basic = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'lovelace' };
    expect(readAuthorization({ ...basic, MLFLOW_TRACKING_TOKEN: 't' })).toBe('Basic YWRhOmxvdmVsYWNl');
    expect(readAuthorization({ MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_TOKEN: 't' })).toBe('Bearer t');
    expect(readAuthorization({ MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_TOKEN: '' })).toBeUndefined();
  });
});
