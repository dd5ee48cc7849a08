import type { InjectOptions } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, SETOSA, VIRGINICA } from '../../test-app.ts';

const service = await createTestApp();
const { app, log } = service;
afterAll(() => app.close());

const columns = Object.keys(SETOSA);
const rows = [Object.values(SETOSA), Object.values(VIRGINICA)];
const shuffled = [...columns].reverse();
const expected = { predictions: ['setosa', 'virginica'] };

async function invoke(payload?: InjectOptions['payload'], options: InjectOptions = {}) {
  return app.inject({ method: 'POST', url: '/invocations', ...(payload !== undefined && { payload }), ...options });
}

const invokeCsv = (payload: string) => invoke(payload, { headers: { 'content-type': 'text/csv' } });

async function answerOf(response: ReturnType<typeof invoke>) {
  const { statusCode, body } = await response;
  return [statusCode, JSON.parse(body)];
}

function refusal(message: string, error_code = 'INVALID_PARAMETER_VALUE') {
  return [400, { error_code, message: expect.stringContaining(message) }];
}

describe('GET /ping', () => {
  it('is 200 as soon as a model is loaded, with any key', async () => {
    const closed = await createTestApp({ environment: { API_KEY: 'secret' } });
    const unloaded = await createTestApp({ loaded: false });
    expect([(await closed.app.inject('/ping')).statusCode, (await unloaded.app.inject('/ping')).statusCode]).toEqual([200, 503]);
    await Promise.all([closed.app.close(), unloaded.app.close()]);
  });
});

describe('POST /invocations', () => {
  it.each<[string, object]>([
    ['dataframe_split', { columns, data: rows }],
    ['dataframe_split', { columns: shuffled, index: [0, 1], data: rows.map((row) => [...row].reverse()) }],
    ['dataframe_split', { columns: [...columns, 'note'], data: rows.map((row) => [...row, 'x']) }],
    ['dataframe_records', [SETOSA, { ...VIRGINICA, note: 'x' }]],
    ['instances', rows],
    ['instances', [SETOSA, VIRGINICA]],
    ['inputs', rows],
    ['inputs', Object.fromEntries(columns.map((name, index) => [name, rows.map((row) => row[index])]))],
  ])('answers %s %j', async (form, table) => {
    expect(await answerOf(invoke({ [form]: table, params: { any: 1 } }))).toEqual([200, expected]);
  });

  it.each([
    `${columns}\n${rows.join('\n')}\n`,
    `${columns.join(';')}\r\n${rows.map((row) => row.join(';').replaceAll('.', ',')).join('\r\n')}\r\n`,
    `\uFEFFnote,${shuffled}\r\nx,${[...rows[0]!].reverse()}\r\n\r\n"a, b",${[...rows[1]!].reverse()}`,
  ])('answers CSV %j', async (csv) => {
    expect(await answerOf(invokeCsv(csv))).toEqual([200, expected]);
  });

  it('says how CSV was read', async () => {
    const csv = `${columns.join(';')}\n${rows[0]!.join(';').replaceAll('.', ',')}\n`;
    expect((await invokeCsv(csv)).headers['x-csv-format']).toBe('encoding=utf-8; separator=semicolon; decimal=comma');
  });

  it('logs each row, unless ?log=false or the request is refused', async () => {
    await invoke({ instances: [[5.15, 3.5, 1.4, 0.2]] });
    await invoke({ instances: [[5.25, 3.5, 1.4, 0.2]] }, { query: { log: 'false' } });
    await invoke({
      instances: [
        [5.35, 3.5, 1.4, 0.2],
        [900, 1, 1, 1],
      ],
    });
    await log!.writer.flush();
    const { predictions } = await log!.store.list({ limit: 1000 });
    const lengths = predictions
      .map(({ features }) => Number(features?.sepal_length))
      .filter((length) => /[123]5$/.test(length.toFixed(2)));
    expect(lengths).toEqual([5.15]);
  });

  it.each([
    ['no form', {}, 'exactly one of dataframe_split, dataframe_records, instances, inputs'],
    ['two forms', { instances: rows, inputs: rows }, 'exactly one of'],
    ['an unknown member', { instances: rows, rows }, '/rows is not a known property'],
    ['no rows', { instances: [] }, 'from 1 to 10000'],
    ['too many rows', { instances: Array(10_001).fill(rows[0]) }, 'from 1 to 10000'],
    ['too many rows, which are faulty too', { dataframe_split: { columns, data: Array(10_001).fill([1]) } }, 'from 1 to 10000'],
    ['too many rows in columns', { inputs: { sepal_length: Array(10_001).fill(1) } }, 'from 1 to 10000'],
    ['no columns', { inputs: {} }, 'from 1 to 10000'],
    ['a form that is no table', { instances: 'x' }, '/instances must be a list: [ … ]'],
    ['records that are no objects', { dataframe_records: [rows[0]] }, '/dataframe_records/0 must be an object: { … }'],
    ['a split without columns', { dataframe_split: { data: rows } }, '/dataframe_split/columns is missing'],
    ['a split row that is too short', { dataframe_split: { columns, data: [[1, 2, 3]] } }, 'row 0 must have 4 values'],
    ['columns of unequal length', { inputs: { sepal_length: [1, 2], sepal_width: [1] } }, 'differ in length'],
    ['three features', { instances: [[1, 2, 3]] }, 'Row 0: /features must have at least 4 entries'],
    ['a missing column', { dataframe_records: [{ ...SETOSA, petal_width: undefined }] }, 'Row 0: /petal_width is missing'],
    [
      'strings',
      { dataframe_records: [SETOSA, { ...SETOSA, petal_width: '0.2' }] },
      'Row 1: /petal_width must be a finite number without quotes',
    ],
    [
      'null',
      { dataframe_records: [{ ...SETOSA, petal_width: null }] },
      'Row 0: /petal_width must be a finite number without quotes',
    ],
    ['a row that is a number', { instances: [5.1] }, 'Row 0: / must be an object: { … }'],
    ['a row of null', { instances: [null] }, 'Row 0: / must be an object: { … }'],
    ['an implausible value', { instances: [[900, 3, 1, 1]] }, 'Row 0: /features/0 is not plausible'],
    ['params that are no object', { instances: rows, params: 1 }, '/params must be an object: { … }'],
  ])('refuses %s, naming the fault', async (_what, body, message) => {
    expect(await answerOf(invoke(body))).toEqual(refusal(message));
  });

  it.each([
    ['cut off', '{"instances":[[5.1,'],
    ['NaN', '{"instances":[[NaN,1,1,1]]}'],
    ['__proto__', '{"instances":[],"__proto__":{}}'],
    ['empty', ''],
  ])('refuses JSON that is %s', async (_what, body) => {
    expect(await answerOf(invoke(body, { headers: { 'content-type': 'application/json' } }))).toEqual(
      refusal('The body is', 'BAD_REQUEST'),
    );
  });

  it('refuses numbers beyond a double, deep nesting and large bodies without harm', async () => {
    const headers = { 'content-type': 'application/json' };
    expect(await answerOf(invoke('{"instances":[[1e400,1,1,1]]}', { headers }))).toEqual(
      refusal('Row 0: /features/0 must be a finite number without quotes'),
    );
    expect((await invoke(`{"instances":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, { headers })).statusCode).toBe(400);
    expect((await invoke(`{"instances":[${'0,'.repeat(2_000_000)}0]}`, { headers })).statusCode).toBe(413);
    expect((await invoke({ instances: rows })).statusCode).toBe(200);
  });

  it.each([
    ['a missing column', 'sepal_length,sepal_width\n1,2\n', refusal('/petal_length the header lacks this column')],
    ['no rows', `${columns}\n`, refusal('from 1 to 10000')],
    ['nothing', ' ', refusal('there is no header')],
    ['a column twice', `${columns},petal_width\n5.1,3.5,1.4,0.2,0.2\n`, refusal('/petal_width the header has this column twice')],
    ['decimal commas between commas', `${columns}\n5,1,3,5,1,4,0,2\n`, refusal('Row 0: has 8 cells where the header has 4')],
    ['a workbook', 'PK\u0003\u0004', refusal('save it as CSV')],
    ['cells of text', `${columns}\n5.1,3.5,x,0.2\n`, refusal('Row 0: /petal_length must be a finite number without quotes')],
    ['empty cells', `${columns}\n5.1,3.5,,0.2\n`, refusal('Row 0: /petal_length is missing')],
    ['rows of unequal length', `${columns}\n5.1,3.5\n`, refusal('Row 0: has 2 cells where the header has 4')],
    ['too many rows', `${columns}\n${'5.1,3.5,1.4,0.2\n'.repeat(10_001)}`, refusal('from 1 to 10000')],
    ['a faulty row before too many rows', `${columns}\n${'1\n'.repeat(500_000)}`, refusal('Row 0: has 1 cells')],
    ['quotes that do not fit', `${columns}\n5.1,3.5,1.4,0.2"\n"`, refusal('Row 0: is not CSV')],
  ])('refuses CSV with %s', async (_what, csv, answer) => {
    expect(await answerOf(invokeCsv(csv))).toEqual(answer);
  });

  it.each(['text/plain', 'application/x-ndjson', 'application/octet-stream', undefined])(
    'is 415 for the content type %s',
    async (type) => {
      const response = await invoke(Buffer.from(JSON.stringify({ instances: rows })), {
        headers: type === undefined ? {} : { 'content-type': type },
      });
      expect([response.statusCode, response.json()]).toEqual([
        415,
        { error_code: 'BAD_REQUEST', message: expect.stringContaining('content type') },
      ]);
    },
  );

  it('refuses a request without any body', async () => {
    expect(await answerOf(invoke())).toEqual(refusal('The body is empty', 'BAD_REQUEST'));
  });

  it('needs the API’s key', async () => {
    const closed = await createTestApp({ environment: { API_KEY: 'secret' } });
    const response = await closed.app.inject({ method: 'POST', url: '/invocations', payload: { instances: rows } });
    expect([response.statusCode, response.json().error_code, response.headers['www-authenticate']]).toEqual([
      401,
      'UNAUTHENTICATED',
      expect.any(String),
    ]);
    await closed.app.close();
  });
});
