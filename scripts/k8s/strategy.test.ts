import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { allImages, readStrategy } from './strategy.ts';

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

describe('allImages', () => {
  it('has each image once', () => {
    const images = allImages(ROOT);
    expect(new Set(images).size).toBe(images.length);
    expect(images).toEqual(
      expect.arrayContaining(['mlops-server:0.3.0', 'mlops-client:latest', 'iris-api:1.0.0', 'churn-api:v1', 'postgres:15']),
    );
  });
});
