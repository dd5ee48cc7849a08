import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, SETOSA, VIRGINICA } from '../../test-app.ts';

/** The forest of the tests is sure of every row: with thresholds of 0 a class is in each set. */
const coverage = { byClass: [0.9, 0.95, null], overall: 0.92, setSize: 1.3 };
const measured = irisDocument({ conformal: { level: 0.9, thresholds: [0.5, 0, 0.5], coverage } });
const service = await createTestApp({ document: measured });
const plain = await createTestApp();
afterAll(() => Promise.all([service.app.close(), plain.app.close()]));

const post = (url: string, payload: object | string, { app } = service, type = 'application/json') =>
  app.inject({
    method: 'POST',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': type },
  });

describe('prediction_set=true', () => {
  it('adds the classes that reach their threshold, in the order of the classes; without it there is none', async () => {
    expect((await post('/predict?prediction_set=true', VIRGINICA)).json()).toMatchObject({
      prediction: 'virginica',
      prediction_set: ['versicolor', 'virginica'],
    });
    for (const query of ['', '?prediction_set=false', '?log=false']) {
      expect((await post(`/predict${query}`, VIRGINICA)).json()).not.toHaveProperty('prediction_set');
    }
  });

  it('goes with the other option, in a batch and line by line', async () => {
    const batch = await post('/predict/batch?log=false&prediction_set=true', { instances: [SETOSA, VIRGINICA] });
    const sets = [
      ['setosa', 'versicolor'],
      ['versicolor', 'virginica'],
    ];
    expect(batch.json().predictions.map((answer: { prediction_set: string[] }) => answer.prediction_set)).toEqual(sets);
    const lines = `${JSON.stringify(SETOSA)}\n${JSON.stringify(VIRGINICA)}\n`;
    const stream = await post('/predict/batch?prediction_set=true', lines, service, 'application/x-ndjson');
    expect(
      stream.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).prediction_set),
    ).toEqual(sets);
  });

  it('is a column for each class in CSV, in rows with errors too', async () => {
    const csv = 'sepal_length,sepal_width,petal_length,petal_width,request_id\n5.1,3.5,1.4,0.2,a\nx,3.5,1.4,0.2,b\n';
    const { body } = await post('/predict/batch?prediction_set=true', csv, service, 'text/csv');
    expect(body.split('\n')).toEqual([
      'line,prediction,probability_setosa,probability_versicolor,probability_virginica,in_set_setosa,in_set_versicolor,in_set_virginica,request_id,error',
      '2,setosa,1,0,0,1,1,0,a,',
      '3,,,,,,,,,/sepal_length must be a finite number without quotes',
      '',
    ]);
  });

  it.each([
    ['/predict', SETOSA, 'application/json'],
    ['/predict/batch', { instances: [SETOSA] }, 'application/json'],
    ['/predict/batch', JSON.stringify(SETOSA), 'application/x-ndjson'],
    ['/predict/batch', 'sepal_length\n1\n', 'text/csv'],
  ])('is refused by %s (%s, %s) where the model has no thresholds, and nothing is logged', async (url, body, type) => {
    const refused = await post(`${url}?prediction_set=true`, body, plain, type);
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'PREDICTION_SET_UNAVAILABLE',
      detail: expect.stringContaining('The model rf 0.1.0 has no thresholds'),
    });
    await plain.log!.writer.flush();
    expect((await plain.log!.store.list({ limit: 10 })).predictions).toEqual([]);
  });

  it('must be true or false, and belongs to /predict and its batch alone', async () => {
    expect((await post('/predict?prediction_set=yes', SETOSA)).statusCode).toBe(422);
    expect((await post('/invocations?prediction_set=true', { instances: [SETOSA] })).statusCode).toBe(400);
  });
});
