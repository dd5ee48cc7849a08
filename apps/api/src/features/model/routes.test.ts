import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument } from '../../test-app.ts';

const { app } = await createTestApp();
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

describe('GET /samples', () => {
  it('gives the reference samples with their classes', async () => {
    const { features, samples, labels } = (await app.inject('/samples')).json();
    expect(features).toEqual(['sepal_length', 'sepal_width', 'petal_length', 'petal_width']);
    expect(samples).toHaveLength(150);
    expect([samples[0], labels[0], labels[149]]).toEqual([[5.1, 3.5, 1.4, 0.2], 'setosa', 'virginica']);
  });
});
