/** The same row gives the same answer, or the same error, by every route and in every form. */
import { type CategoricalFeature, createEncoder, type DatasetSchema, type NumericFeature } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, irisDocument, type TestApp } from './test-app.ts';
import { type Outcome, type Row, routesFor } from './test-every-route.ts';

const numeric = (name: string): NumericFeature => {
  const [observed, plausible] = [
    { min: 0, max: 10 },
    { min: -100, max: 1000 },
  ];
  return { kind: 'numeric', name, unit: 'm', observed, plausible };
};
const categorical = (name: string, ...levels: string[]): CategoricalFeature => ({ kind: 'categorical', name, levels });

/** A stump over the first column of the features: below 5 it is no, else yes. */
function documentOf(...features: (NumericFeature | CategoricalFeature)[]): ModelDocument {
  const dataset: DatasetSchema = { name: 'made-up', description: 'Rows.', target: 'answer', classes: ['no', 'yes'], features };
  const sample = features.map((feature) => (feature.kind === 'numeric' ? 1 : feature.levels[0]!));
  return irisDocument({
    dataset,
    reference: { samples: [sample, sample], labels: [0, 1] },
    parameters: {
      kind: 'rf',
      inputSize: createEncoder(dataset).size,
      classCount: 2,
      roots: [0],
      featureIndexes: [0, -1, -1],
      thresholds: [5, 0, 0],
      leftChildren: [1, -1, -1],
      rightChildren: [2, -1, -1],
      leafClasses: [-1, 0, 1],
    },
  });
}

const apps: TestApp[] = [];
afterAll(() => Promise.all(apps.map(({ app }) => app.close())));

async function appOf(...features: (NumericFeature | CategoricalFeature)[]) {
  const document = documentOf(...features);
  const service = await createTestApp({ document });
  apps.push(service);
  return { app: service.app, schema: document.dataset };
}

/** What the routes answer, by route. */
async function askAll({ app, schema }: Awaited<ReturnType<typeof appOf>>, row: Row): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const [name, ask] of routesFor(app, schema, row)) {
    const outcome = await ask();
    outcomes[name] = 'faults' in outcome ? { faults: outcome.faults.toSorted() } : outcome;
  }
  return outcomes;
}

function expectAgreement(outcomes: Record<string, Outcome>): void {
  const expected = outcomes['/predict']!;
  expect(outcomes).toEqual(Object.fromEntries(Object.keys(outcomes).map((name) => [name, expected])));
}

describe('the same row by every route', () => {
  it('gives the same answer or the same error', { timeout: 120_000 }, async () => {
    const place = ['Nord', 'Île-de-France', 'a,b;c"d'];
    const mixed = await appOf(numeric('size'), categorical('région', ...place), numeric('largeur'));
    const plain = await appOf(numeric('a'), numeric('b'), numeric('c'));
    const number = fc.oneof(
      fc.double({ min: -100, max: 1000, noNaN: true }),
      fc.integer({ min: -100, max: 1000 }),
      fc.constantFrom(1e-7, -100.5, 1000.1, 1e21, 'x', '0x1F', '1_000', 'Infinity', '1 000', undefined),
    );
    const level = fc.constantFrom<string | undefined>(...place, 'nord', 'Ile-de-France', '5', undefined);
    const check = fc.asyncProperty(number, level, number, async (first, second, third) => {
      expectAgreement(await askAll(mixed, [first, second, third]));
      expectAgreement(await askAll(plain, [first, third, first]));
    });
    await fc.assert(check, { numRuns: 60, examples: [[undefined, undefined, undefined]] });
  });

  it('is answered by more than a dozen of them', async () => {
    const outcomes = await askAll(await appOf(numeric('size')), [7.5]);
    expect(Object.keys(outcomes).length).toBeGreaterThan(20);
    expect(new Set(Object.values(outcomes).map((outcome) => JSON.stringify(outcome)))).toEqual(new Set(['{"prediction":"yes"}']));
  });

  it.each([
    ['composed', 'été', 'né'],
    ['decomposed', 'e\u0301te\u0301', 'ne\u0301'],
  ])('may have %s letters', async (_how, name, level) => {
    const { app } = await appOf(numeric('size'), categorical('été', 'né', 'à'));
    const { schema } = documentAs(name, level);
    for (const [, ask] of routesFor(app, schema, [7.5, level])) expect(await ask()).toEqual({ prediction: 'yes' });
  });
});

/** A schema as a client has it that writes letters in its own way. */
function documentAs(name: string, level: string): { readonly schema: DatasetSchema } {
  return { schema: documentOf(numeric('size'), categorical(name, level, 'à')).dataset };
}

describe('columns with any name', () => {
  it.each([
    ...[
      'model',
      'version',
      'prediction',
      'request_id',
      'features',
      'instances',
      'inputs',
      'id',
      'line',
      'error',
      'probabilities',
    ],
    ...['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length'],
    ...[
      'with blanks',
      'a.b',
      'a"b',
      "a'b",
      'a,b',
      'a;b',
      'a/b~c',
      'a\\b',
      '$a',
      '🌱',
      'é',
      '1',
      '$schema',
      '$defs',
      'type',
      'x'.repeat(500),
    ],
  ])('%s', async (name) => {
    const service = await appOf(numeric('size'), numeric(name), categorical(`${name}2`, 'u', 'v'));
    const only = await appOf(numeric(name));
    for (const outcomes of [await askAll(service, [7.5, 1.5, 'v']), await askAll(only, [7.5])]) {
      expect(new Set(Object.values(outcomes).map((outcome) => JSON.stringify(outcome)))).toEqual(
        new Set(['{"prediction":"yes"}']),
      );
    }
    expectAgreement(await askAll(service, [7.5, undefined, 'v']));
    expectAgreement(await askAll(service, [7.5, 1e6, 'w']));
    const document = await service.app.inject('/openapi.json');
    expect(document.json().paths['/predict'].post.requestBody.content['application/json'].schema.else.properties).toHaveProperty([
      name,
    ]);
  });

  it('keep the caller’s id apart from a feature of its name', async () => {
    const { app } = await appOf(numeric('request_id'));
    const predict = async (payload: object) => (await app.inject({ method: 'POST', url: '/predict', payload })).json().request_id;
    expect(await predict({ features: [1], request_id: 'mine' })).toBe('mine');
    expect(await predict({ request_id: 1 })).toMatch(/^0{8}-/);
  });
});

describe('a column that is there twice', () => {
  it.each([
    ['/predict', 'application/json', '{"size":1,"size":2}', '/size'],
    ['/explain', 'application/json', '{"size":1,"size":2}', '/size'],
    ['/predict/batch', 'application/json', '{"instances":[{"size":1},{"size":1,"size":2}]}', '/instances/1/size'],
    ['/predict/batch', 'text/csv', 'size,size\n1,2\n', '/size'],
    ['/invocations', 'text/csv', 'size,size\n1,2\n', '/size'],
    ['/invocations', 'application/json', '{"dataframe_split":{"columns":["size","size"],"data":[[1,2]]}}', '/size'],
    ['/invocations', 'application/json', '{"dataframe_records":[{"size":1,"size":2}]}', '/dataframe_records/0/size'],
    ['/invocations', 'application/json', '{"inputs":{"size":[1],"size":[2]}}', '/inputs/size'],
    ['/v2/models/made-up/infer', 'application/json', '{"inputs":[],"inputs":[]}', '/inputs'],
  ])('is refused by %s (%s %s), naming it', async (url, type, payload, pointer) => {
    const { app } = await appOf(numeric('size'));
    const response = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
    expect(response.statusCode).toBe(url === '/invocations' ? 400 : 422);
    expect(response.body).toContain(pointer);
    expect(response.body).toContain('twice');
  });

  it('is an error line of NDJSON, and the tensors of one name are refused', async () => {
    const { app } = await appOf(numeric('size'), categorical('kind', 'u', 'v'));
    const headers = { 'content-type': 'application/x-ndjson' };
    const lines = await app.inject({ method: 'POST', url: '/predict/batch', payload: '{"size":1,"size":2}\n', headers });
    expect(lines.json().error.errors).toEqual([{ pointer: '/size', detail: 'is there twice' }]);
    const input = { name: 'size', datatype: 'FP64', shape: [1, 1], data: [1] };
    const tensors = await app.inject({ method: 'POST', url: '/v2/models/made-up/infer', payload: { inputs: [input, input] } });
    expect([tensors.statusCode, tensors.json()]).toEqual([422, { error: 'input "size" is given twice' }]);
  });
});
