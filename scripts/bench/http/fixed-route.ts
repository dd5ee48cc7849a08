/** What the bare servers answer: the same schemas and the same bytes as this API. */
import { readModelFile } from '@iris/model-file';
import { answerSchema, instanceSchema, LogQuery } from '../../../apps/api/src/features/predict/schema.ts';

/** A route as plain data, which the bare servers read from a file. */
export interface FixedRoute {
  readonly querystring: object;
  readonly body: object;
  readonly response: object;
  readonly answer: unknown;
}

/** The request of every load: the first flower of the data. */
export const REQUEST_BODY = JSON.stringify({ sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 });

/**
 * Describes `POST /predict` of a model.
 *
 * @param url of a running API that serves the model, whose answer becomes the fixed one.
 */
export async function describeRoute(modelFile: string, url: string): Promise<FixedRoute> {
  const { dataset, reference } = await readModelFile(modelFile);
  const answer = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: REQUEST_BODY,
  });
  return {
    querystring: LogQuery,
    body: instanceSchema(dataset, reference.samples[0]),
    response: answerSchema(dataset),
    answer: await answer.json(),
  };
}
