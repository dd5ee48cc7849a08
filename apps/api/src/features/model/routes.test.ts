import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument } from '../../test-app.ts';

const { app, exchange } = await createTestApp();
afterAll(() => app.close());

describe('GET /model', () => {
  it('is the card: schema, figures, training and checksum, without the parameters', async () => {
    const { version, dataset, metrics, training, checksum } = irisDocument();
    expect((await app.inject('/model')).json()).toEqual({
      name: 'rf',
      algorithm: 'rf',
      version,
      dataset,
      metrics,
      training,
      checksum,
    });
  });
});

describe('GET /model/partial-dependence', () => {
  const points = [
    { value: 1, probabilities: [1, 0, 0] },
    { value: 6.9, probabilities: [0, 0.25, 0.75] },
  ];
  const followed = irisDocument({ partialDependence: [{ feature: 'petal_length', points }] });
  const ask = (feature: string) => app.inject(`/model/partial-dependence${feature}`);

  it('gives the points of a feature that the card names, the probabilities by class', async () => {
    exchange(followed);
    expect((await app.inject('/model')).json().partialDependenceOf).toEqual(['petal_length']);
    expect((await ask('?feature=petal_length')).json()).toEqual({
      feature: 'petal_length',
      points: [
        { value: 1, probabilities: { setosa: 1, versicolor: 0, virginica: 0 } },
        { value: 6.9, probabilities: { setosa: 0, versicolor: 0.25, virginica: 0.75 } },
      ],
    });
  });

  it.each([
    ['?feature=sepal_width', 'must be one of those that the model file follows: petal_length'],
    ['?feature=__proto__', 'must be one of those that the model file follows: petal_length'],
    ['', 'is missing'],
  ])('refuses %s with the reason', async (query, detail) => {
    exchange(followed);
    expect((await ask(query)).json()).toMatchObject({ status: 422, errors: [{ pointer: '/feature', detail }] });
  });

  it('says of an older file that it follows none', async () => {
    exchange(irisDocument());
    expect((await ask('?feature=petal_length')).json().errors[0].detail).toContain('train it anew');
  });
});

describe('GET /samples', () => {
  it('gives the reference samples with their classes', async () => {
    const { features, samples, labels } = (await app.inject('/samples')).json();
    expect(features).toEqual(['sepal_length', 'sepal_width', 'petal_length', 'petal_width']);
    expect(samples).toHaveLength(150);
    expect([samples[0], labels[0], labels[149]]).toEqual([[5.1, 3.5, 1.4, 0.2], 'setosa', 'virginica']);
  });
});
