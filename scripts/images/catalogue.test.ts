import { describe, expect, it } from 'vitest';
import { buildCommand, chooseImages, IMAGES } from './catalogue.ts';

const tags = IMAGES.flatMap((image) => image.tags);

describe('the images', () => {
  it('have the names that the sources give them, each once', () => {
    expect(tags.sort()).toEqual([
      'api:0.1.0',
      'api:0.2.0',
      'api:0.3.0',
      'api:0.4.0',
      'churn-api:v1',
      'iris-api:1.0.0',
      'mcp-server:latest',
      'mlops-agent:latest',
      'mlops-client:latest',
      'mlops-server:0.1.0',
      'mlops-server:0.2.0',
      'mlops-server:0.3.0',
      'mlops-server:0.4.0',
    ]);
  });
});

describe('choosing images', () => {
  const chosen = (...names: string[]) => chooseImages(names).images.map((image) => image.tags[0]);

  it('takes all without a name', () => {
    expect(chooseImages([])).toEqual({ images: IMAGES, unknown: [] });
  });

  it('takes a tag, or every tag of a repository', () => {
    expect(chosen('api:0.2.0')).toEqual(['mlops-server:0.2.0']);
    expect(chosen('mlops-server')).toEqual([
      'mlops-server:0.1.0',
      'mlops-server:0.2.0',
      'mlops-server:0.3.0',
      'mlops-server:0.4.0',
    ]);
  });

  it('takes MLflow’s where it is named', () => {
    expect(chosen('mlflow-server')).toEqual(['mlflow-server:3.17.2']);
  });

  it('takes an image once, however often it is named', () => {
    expect(chosen('churn-api', 'churn-api:v1', 'mlops-client')).toEqual(['churn-api:v1', 'mlops-client:latest']);
  });

  it('tells which names are no image’s', () => {
    expect(chooseImages(['mlops', 'churn-api:v2', 'api']).unknown).toEqual(['mlops', 'churn-api:v2']);
  });
});

describe('the command that builds an image', () => {
  it('names arguments, revision, tags and Dockerfile', () => {
    const image = { tags: ['a:1', 'b:1'], dockerfile: 'docker/a.Dockerfile', buildArguments: { MODEL_NAME: 'svm' } };
    expect(buildCommand(image, 'abc', undefined).join(' ')).toBe(
      'build --build-arg MODEL_NAME=svm --build-arg REVISION=abc --tag a:1 --tag b:1 --file docker/a.Dockerfile .',
    );
    expect(buildCommand(image, 'abc', 'host').slice(0, 3)).toEqual(['build', '--network', 'host']);
  });
});
