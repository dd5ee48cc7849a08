import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, SETOSA, VIRGINICA } from '../../test-app.ts';

const { app, log, exchange } = await createTestApp();
afterAll(() => app.close());

const predict = (payload: object | string, url = '/predict') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } });

async function logged() {
  await log?.writer.flush();
  return (await log!.store.list({ limit: 1000 })).predictions;
}

describe('POST /predict', () => {
  it('answers named fields with label, probabilities, model, version and the caller’s id', async () => {
    const response = await predict({ ...SETOSA, request_id: 'req-1' });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      prediction: 'setosa',
      class_index: 0,
      probabilities: { setosa: 1, versicolor: 0, virginica: 0 },
      model: 'rf',
      version: '0.1.0',
      request_id: 'req-1',
    });
  });

  it('answers features in column order alike, and makes an id where there is none', async () => {
    const ordered = (await predict({ features: Object.values(VIRGINICA) })).json();
    const named = (await predict(VIRGINICA)).json();
    expect(ordered.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(ordered.request_id).not.toBe(named.request_id);
    expect({ ...ordered, request_id: '' }).toEqual({ ...named, request_id: '' });
    expect(ordered.prediction).toBe('virginica');
  });

  it('warns of a value outside the observed range, but answers', async () => {
    const { prediction, warnings } = (await predict({ ...VIRGINICA, petal_length: 9 })).json();
    expect(prediction).toBe('virginica');
    expect(warnings).toEqual(['petal_length = 9 is outside the observed range 1 to 6.9']);
  });

  it('logs what it answered, and nothing with ?log=false', async () => {
    await predict({ ...VIRGINICA, request_id: 'kept' });
    await predict({ ...VIRGINICA, request_id: 'explored' }, '/predict?log=false');
    const rows = await logged();
    expect(rows.filter(({ requestId }) => requestId === 'explored')).toEqual([]);
    expect(rows.find(({ requestId }) => requestId === 'kept')).toMatchObject({
      label: 'virginica',
      model: 'rf',
      version: '0.1.0',
      features: VIRGINICA,
      probabilities: { setosa: 0, versicolor: 0, virginica: 1 },
      instance: 'test-host',
    });
  });

  it('answers from a new model as soon as it is in service', async () => {
    exchange(irisDocument({ version: '0.2.0' }));
    expect((await predict(SETOSA)).json()).toMatchObject({ prediction: 'setosa', version: '0.2.0' });
    exchange(irisDocument());
  });

  it.each([
    ['a missing field', { ...SETOSA, petal_width: undefined }, '/petal_width', 'is missing'],
    ['an unknown field', { ...SETOSA, colour: 'blue' }, '/colour', 'is not a known property'],
    ['text for a number', { ...SETOSA, petal_width: '0.2' }, '/petal_width', 'must be a finite number without quotes'],
    ['null', { ...SETOSA, petal_width: null }, '/petal_width', 'must be a finite number without quotes'],
    ['a boolean', { ...SETOSA, petal_width: true }, '/petal_width', 'must be a finite number without quotes'],
    ['a petal of 900 cm', { ...SETOSA, petal_length: 900 }, '/petal_length', 'is not plausible: must be at most 20'],
    ['a negative length', { ...SETOSA, petal_length: -1 }, '/petal_length', 'is not plausible: must be at least 0'],
    ['three features', { features: [1, 2, 3] }, '/features', 'must have at least 4 entries'],
    ['five features', { features: [1, 2, 3, 4, 5] }, '/features', 'must have at most 4 entries'],
    ['a feature of text', { features: [1, 2, 3, 'x'] }, '/features/3', 'must be a finite number without quotes'],
    ['both forms at once', { ...SETOSA, features: [1, 2, 3, 4] }, '/sepal_length', 'is not a known property'],
    ['an empty id', { ...SETOSA, request_id: '' }, '/request_id', 'must not be empty'],
    ['an array', [SETOSA], '', 'must be an object: { … }'],
  ])('refuses %s with 422 and a pointer to it', async (_case, body, pointer, detail) => {
    const response = await predict(body);
    expect(response.statusCode).toBe(422);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
    expect(response.json().errors).toContainEqual({ pointer, detail });
  });

  it('tells every fault at once', async () => {
    expect((await predict({ sepal_length: 'x', colour: 1 })).json().errors).toHaveLength(5);
  });

  it.each([
    ['NaN', '{"sepal_length":NaN}', 400],
    ['Infinity', '{"sepal_length":Infinity}', 400],
    ['a number beyond a double', '{"sepal_length":1e400,"sepal_width":1,"petal_length":1,"petal_width":1}', 422],
    ['__proto__', '{"__proto__":{"sepal_length":1},"sepal_length":1}', 400],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}}}', 400],
    ['nothing', '', 400],
    ['null', 'null', 422],
    ['a truncated document', '{"sepal_length":5.1,', 400],
    ['100,000 nested arrays', `{"features":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 422],
    ['100,000 open brackets', '['.repeat(100_000), 422],
    ['a body above the limit', `{"features":[${'1,'.repeat(1_100_000)}1]}`, 413],
  ])('refuses %s with a 4xx that shows nothing of the inside', async (_case, payload, status) => {
    const response = await predict(payload);
    expect(response.statusCode).toBe(status);
    expect(response.json().status).toBe(status);
    expect(response.body).not.toMatch(/node_modules|at \w+ \(|FST_|ajv/i);
    expect(response.body.length).toBeLessThan(1000);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/x-ndjson', 415],
    ['text/csv', 415],
    ['application/json; charset=utf-8', 200],
  ])('takes JSON alone: %s is %i', async (type, status) => {
    const response = await app.inject({
      method: 'POST',
      url: '/predict',
      payload: JSON.stringify(SETOSA),
      headers: { 'content-type': type },
    });
    expect(response.statusCode).toBe(status);
  });

  it.each(['gzip', 'br'])('refuses a body encoded as %s with 415', async (encoding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const response = await app.inject({ method: 'POST', url: '/predict', payload: JSON.stringify(SETOSA), headers });
    expect(response.json()).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
  });

  it('refuses a value of ?log that is neither true nor false, and an unknown parameter', async () => {
    expect((await predict(SETOSA, '/predict?log=no')).json().errors).toEqual([
      { pointer: '/log', detail: 'must be one of true, false' },
    ]);
    expect((await predict(SETOSA, '/predict?lgo=false')).statusCode).toBe(422);
  });
});

describe('MODEL_NAME', () => {
  it('is the served name at run time', async () => {
    const { app: named } = await createTestApp({ environment: { MODEL_NAME: 'churn_model_v1' } });
    const response = await named.inject({ method: 'POST', url: '/predict', payload: SETOSA });
    expect(response.json().model).toBe('churn_model_v1');
    await named.close();
  });
});
