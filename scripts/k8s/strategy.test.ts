import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { strategies } from '../manifests/folders.ts';
import { allImages, apiService, readStrategy, selects } from './strategy.ts';

describe('readStrategy', () => {
  it('reads a rendered folder', () => {
    const { folder, namespaces, deployments, services, images, secrets } = readStrategy(ROOT, 'churn');
    expect({ folder, namespaces, images }).toEqual({
      folder: 'k8s/churn',
      namespaces: ['churn-mlops'],
      images: ['churn-api:v1'],
    });
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['churn-api']);
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['churn-api-service']);
    expect(secrets.map(({ metadata }) => metadata.name)).toEqual(['churn-secret']);
  });

  it('needs no Secret where there is no example of one', () => {
    expect(readStrategy(ROOT, 'rolling').secrets).toEqual([]);
  });

  it('names those there are', () => {
    expect(() => readStrategy(ROOT, 'green')).toThrow('There is no strategy "green": it is one of agent, blue-green, canary');
  });
});

describe('apiService', () => {
  const EXPECTED: Readonly<Record<string, string | undefined>> = {
    churn: 'churn-api-service',
    mlops: 'iris-api-service',
    'mlops-mlflow': 'iris-api-service',
    'mlops-nodeport': 'iris-api-nodeport',
    replicas: 'api-svc',
    pods: undefined,
    environments: undefined,
  };

  it.each(strategies(ROOT))('P5-8: %s: the Service before the pods that serve a model', (name) => {
    const expected = name in EXPECTED ? EXPECTED[name] : 'mlops-server-svc';
    expect(apiService(readStrategy(ROOT, name))?.metadata.name).toBe(expected);
  });
});

describe('selects', () => {
  it.each([
    [{ app: 'a' }, { app: 'a', version: 'blue' }, true],
    [{ app: 'a', version: 'green' }, { app: 'a', version: 'blue' }, false],
    [{ app: 'a' }, {}, false],
  ])('%j and a pod with %j: %s', (selector, labels, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });
});

describe('allImages', () => {
  it('has each image once', () => {
    const images = allImages(ROOT);
    expect(new Set(images).size).toBe(images.length);
    expect(images).toEqual(
      expect.arrayContaining(['mlops-server:0.3.0', 'mlops-client:latest', 'iris-api:1.0.0', 'churn-api:v1', 'postgres:15']),
    );
  });
});
