import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Container, startContainer } from './support/container.ts';
import { inspect } from './support/docker.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const LOYAL = {
  tenure_months: 48,
  num_complaints: 0,
  avg_session_minutes: 60,
  plan_type: 'premium',
  region: 'EU',
  request_id: 'req-safe',
};
const IRIS = { dataset: 'iris', sample: SETOSA, answer: { prediction: 'setosa' } };

/** F2-1, A-1, P5-6, L6-1: what is in each image; L6-1's answers bear the id of their request. */
const IMAGES = [
  { image: 'mlops-server:0.1.0', model: 'rf', version: '0.1.0', ...IRIS },
  { image: 'mlops-server:0.2.0', model: 'svm', version: '0.2.0', ...IRIS },
  { image: 'mlops-server:0.3.0', model: 'logreg', version: '0.3.0', ...IRIS },
  { image: 'mlops-server:0.4.0', model: 'gbt', version: '0.4.0', ...IRIS },
  { image: 'iris-api:1.0.0', model: 'rf', version: '1.0.0', ...IRIS },
  {
    image: 'churn-api:v1',
    model: 'logreg',
    version: '1.0.0',
    dataset: 'churn',
    sample: LOYAL,
    answer: { class_index: 0, request_id: 'req-safe' },
  },
];

describe.each(IMAGES)('$image', ({ image, model, version, dataset, sample, answer }) => {
  let api: Container;
  beforeAll(async () => {
    api = await startContainer({ image });
  });
  afterAll(() => api?.remove());

  it(`serves ${model} ${version}, trained on ${dataset} while it was built; nothing is mounted (F2-1)`, async () => {
    expect(await (await api.get('/version')).json()).toMatchObject({ model, version, dataset });
    expect(await (await api.get('/health')).json()).toMatchObject({ status: 'healthy', model_loaded: true, version });
    expect(await (await api.get('/model')).json()).toMatchObject({ metrics: { method: 'holdout' } });
  });

  it('answers GET / and POST /predict (F2-2)', async () => {
    expect(await (await api.get('/')).json()).toMatchObject({ model, version });
    expect(await api.post('/predict', sample)).toMatchObject({ ...answer, model, version });
  });

  it('says of which revision it is made, on the image and at /version', async () => {
    const { Labels } = (await inspect(image)).Config;
    const revision = Labels['org.opencontainers.image.revision'];
    expect(revision).toMatch(/^[0-9a-f]{40}(-dirty)?$/);
    expect(Labels['org.opencontainers.image.version']).toBe(version);
    expect(await (await api.get('/version')).json()).toMatchObject({ build: revision });
  });
});

describe('api:0.1.0 to 0.4.0 (A-1)', () => {
  it.each(['0.1.0', '0.2.0', '0.3.0', '0.4.0'])('%s is mlops-server of that version', async (version) => {
    expect((await inspect(`api:${version}`)).Id).toBe((await inspect(`mlops-server:${version}`)).Id);
  });
});
