import { anyAddress, SettingsError } from '@iris/settings';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const MODEL = { MODEL_FILE: 'model.json' };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as SettingsError).faults.map(({ key }) => key);
  }
}

describe('readConfig', () => {
  it('needs a model and nothing else; without one it names the settings that give one', () => {
    expect(readConfig(MODEL)).toMatchObject({ PORT: 8000, HOST: anyAddress(), LOG_LEVEL: 'info', DATABASE_URL: undefined });
    expect(() => readConfig({})).toThrow(/MODEL_FILE: .*MODEL_DIR.*REGISTRY_DIR/);
    for (const key of ['MODEL_FILE', 'MODEL_DIR', 'REGISTRY_DIR']) expect(faultsOf({ [key]: 'somewhere' })).toEqual([]);
  });

  it('needs the address of MLflow for a registered model, and for nothing else', () => {
    const MODEL_URI = 'models:/iris@champion';
    expect(faultsOf({ MODEL_URI, MLFLOW_TRACKING_URI: 'http://mlflow-server-service:5000' })).toEqual([]);
    expect(faultsOf({ MODEL_URI })).toEqual(['MLFLOW_TRACKING_URI']);
    expect(faultsOf({ MODEL_URI: 'iris', MLFLOW_TRACKING_URI: 'gs://bucket' })).toEqual(['MODEL_URI', 'MLFLOW_TRACKING_URI']);
    expect(faultsOf({ MODEL_FILE: 'model.json', MLFLOW_TRACKING_URI: 'gs://bucket' })).toEqual([]);
  });

  it('reports all that is wrong at once, rules over several settings too', () => {
    const wrong = { PORT: '65536', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://db', PREDICTION_LOG: 'DIR' };
    expect(faultsOf(wrong).toSorted()).toEqual([
      'DATABASE_URL',
      'LOG_LEVEL',
      'MODEL_FILE',
      'PORT',
      'PREDICTION_LOG',
      'PREDICTION_LOG',
    ]);
  });

  it.each(['db:5432/iris', 'http://db/iris', 'postgres://iris@db:port/iris'])(
    'refuses %s as DATABASE_URL, without repeating it',
    (DATABASE_URL) => {
      expect(() => readConfig({ ...MODEL, DATABASE_URL })).toThrow(SettingsError);
      expect(() => readConfig({ ...MODEL, DATABASE_URL })).not.toThrow(DATABASE_URL);
    },
  );

  it.each(['postgres://iris:p%40ss@db:5432/iris?sslmode=require', 'postgresql:///iris?host=/var/run/postgresql'])(
    'takes %s as DATABASE_URL',
    (DATABASE_URL) => {
      expect(readConfig({ ...MODEL, DATABASE_URL }).DATABASE_URL?.reveal()).toBe(DATABASE_URL);
    },
  );

  it('shows no secret when it is printed', () => {
    const printed = JSON.stringify(
      readConfig({ ...MODEL, API_KEY: 'hunter2', MONITORING_TOKEN: 'hunter2', DATABASE_URL: 'postgres://iris:hunter2@db/iris' }),
    );
    expect(printed).not.toContain('hunter2');
  });
});
