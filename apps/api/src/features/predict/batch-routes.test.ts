import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp, SETOSA, VIRGINICA } from '../../test-app.ts';

const { app, log } = await createTestApp();
afterAll(() => app.close());

function send(payload: string | object, type = 'application/json', query = '') {
  const headers = { 'content-type': type };
  return app.inject({
    method: 'POST',
    url: `/predict/batch${query}`,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers,
  });
}

const linesOf = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('POST /predict/batch with JSON', () => {
  it('answers each instance as /predict would, in order, in either form', async () => {
    const instances = [SETOSA, { features: Object.values(VIRGINICA), request_id: 'b-2' }];
    const { predictions } = (await send({ instances })).json();
    const single = (await app.inject({ method: 'POST', url: '/predict', payload: VIRGINICA })).json();
    expect(predictions.map(({ prediction }: { prediction: string }) => prediction)).toEqual(['setosa', 'virginica']);
    expect(predictions[1]).toEqual({ ...single, request_id: 'b-2' });
  });

  it('takes 10,000 instances and no more, and not none', async () => {
    const features = [5, 3, 1, 0];
    expect(
      (await send({ instances: Array(10_000).fill({ features }) }, undefined, '?log=false')).json().predictions,
    ).toHaveLength(10_000);
    expect((await send({ instances: Array(10_001).fill({ features }) })).statusCode).toBe(422);
    expect((await send({ instances: [] })).statusCode).toBe(422);
  });

  it('points at a faulty instance, answers none, and bounds the list of faults', async () => {
    const faulty = await send({ instances: [SETOSA, { ...SETOSA, petal_width: 'x' }] });
    expect(faulty.statusCode).toBe(422);
    expect(faulty.json().errors).toEqual([
      { pointer: '/instances/1/petal_width', detail: 'must be a finite number without quotes' },
    ]);
    expect((await send({ instances: Array(100).fill({}) })).json().errors).toHaveLength(20);
  });

  it('points at the first fault only of a large batch: to list them all would hold up other requests', async () => {
    const before = process.threadCpuUsage();
    expect((await send({ instances: Array(10_000).fill({}) })).json().errors).toHaveLength(1);
    expect((await send({ instances: Array(600_000).fill({}) })).json().errors).toEqual([
      { pointer: '/instances', detail: 'must have at most 10000 entries' },
    ]);
    // With all faults: three seconds and a gigabyte.
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1500);
  });

  it('logs every instance, unless ?log=false', async () => {
    await send({
      instances: [
        { ...SETOSA, request_id: 'b-kept' },
        { ...VIRGINICA, request_id: 'b-kept' },
      ],
    });
    await send({ instances: [{ ...SETOSA, request_id: 'b-explored' }] }, undefined, '?log=false');
    await log?.writer.flush();
    const { predictions } = await log!.store.list({ limit: 1000 });
    expect(predictions.filter(({ requestId }) => requestId === 'b-kept')).toHaveLength(2);
    expect(predictions.filter(({ requestId }) => requestId === 'b-explored')).toHaveLength(0);
  });
});

describe('POST /predict/batch with NDJSON', () => {
  it('answers line by line; a bad line gives an error with its number and the stream goes on', async () => {
    const input = [
      JSON.stringify({ ...SETOSA, request_id: 'n-1' }),
      '{"sepal_length":',
      '',
      JSON.stringify({ features: [1, 2, 3] }),
      JSON.stringify(VIRGINICA),
    ];
    const response = await send(input.join('\n'), 'application/x-ndjson');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    const lines = linesOf(response.body);
    expect(lines.map(({ line, prediction }) => [line, prediction])).toEqual([
      [1, 'setosa'],
      [2, undefined],
      [4, undefined],
      [5, 'virginica'],
    ]);
    expect(lines[0]).toMatchObject({ probabilities: { setosa: 1 }, request_id: 'n-1' });
    expect(lines[1].error).toEqual({ code: 'VALIDATION_FAILED', errors: [{ pointer: '', detail: 'is not JSON' }] });
    expect(lines[2].error.errors).toEqual([{ pointer: '/features', detail: 'must have at least 4 entries' }]);
  });

  it('cuts a line that is longer than memory should hold', async () => {
    const response = await send(`{"x":"${'y'.repeat(200_000)}"}\n${JSON.stringify(SETOSA)}\n`, 'application/x-ndjson');
    const lines = linesOf(response.body);
    expect(lines[0].error.errors[0].detail).toBe('is longer than 65536 characters');
    expect(lines[1].prediction).toBe('setosa');
  });

  it('takes Windows line ends and an empty stream', async () => {
    expect(linesOf((await send(`${JSON.stringify(SETOSA)}\r\n`, 'application/x-ndjson')).body)[0].prediction).toBe('setosa');
    const empty = await send('', 'application/x-ndjson');
    expect([empty.statusCode, empty.body]).toEqual([200, '']);
  });
});

describe('POST /predict/batch with CSV', () => {
  const header = 'petal_width,petal_length,sepal_width,sepal_length,note,request_id';

  it('reads columns by name in any order and answers CSV; a bad row gives an error with its line', async () => {
    const rows = ['0.2,1.4,3.5,5.1,"a, b",c-1', 'x,1.4,3.5,5.1,,', ',1.4,3.5,5.1,,', '2.5,6,3.3,6.3,,c-4'];
    const response = await send(`${header}\n${rows.join('\n')}\n`, 'text/csv; charset=utf-8');
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.body.split('\n')).toEqual([
      'line,prediction,probability_setosa,probability_versicolor,probability_virginica,request_id,error',
      '2,setosa,1,0,0,c-1,',
      '3,,,,,,/petal_width must be a finite number without quotes',
      '4,,,,,,/petal_width is missing',
      '5,virginica,0,0,1,c-4,',
      '',
    ]);
  });

  it('refuses a header that lacks a column with 422, before it answers anything', async () => {
    const response = await send('sepal_length,sepal_width\n1,2\n', 'text/csv');
    expect(response.statusCode).toBe(422);
    expect(response.json().errors).toEqual([
      { pointer: '/petal_length', detail: 'the header lacks this column' },
      { pointer: '/petal_width', detail: 'the header lacks this column' },
    ]);
    expect((await send('', 'text/csv')).statusCode).toBe(422);
  });

  it('goes on after a row whose quotes do not fit', async () => {
    const response = await send(`${header}\n0.2,1.4,3.5,5.1,a"b",c-1\n2.5,6,3.3,6.3,,c-2\n`, 'text/csv');
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('is not CSV');
    expect(response.body).toContain('3,virginica,0,0,1,c-2,');
  });

  it('answers rows in their order, those that are not CSV too', async () => {
    const rows = ['0.2,1.4,3.5,5.1,a"b",c-1', '0.2,1.4,3.5,5.1,,c-2', '0.2,1.4,3.5,5.1,a"b",c-3', '2.5,6,3.3,6.3,,c-4'];
    const response = await send(`${header}\n${rows.join('\n')}\n`, 'text/csv');
    expect(response.body.split('\n').map((row) => row.slice(0, 8))).toEqual([
      'line,pre',
      '2,,,,,,i',
      '3,setosa',
      '4,,,,,,i',
      '5,virgin',
      '',
    ]);
  });

  it('goes on after a row with text behind a closing quote: the rows of the same chunk are answered', async () => {
    const response = await send(`${header}\n"0.2"x,1.4,3.5,5.1,,c-1\n${'2.5,6,3.3,6.3,,\n'.repeat(1000)}`, 'text/csv');
    expect(response.body.match(/virginica,/g)).toHaveLength(1001);
  });

  it('goes on after a row that is longer than memory should hold', async () => {
    const response = await send(`${header}\n0.2,1.4,3.5,5.1,${'x'.repeat(200_000)},c-1\n2.5,6,3.3,6.3,,c-2\n`, 'text/csv');
    expect(response.body).toContain('2,,,,,,is longer than 65536 characters');
    expect(response.body).toContain('3,virginica,0,0,1,c-2,');
  });

  it.each([
    ['an open quote', `${header}\n"0.2,1.4,3.5,5.1`],
    ['an open quote that swallows all that follows', `${header}\n"0.2,1.4,3.5,5.1\n${'2.5,6,3.3,6.3,,\n'.repeat(10_000)}`],
  ])('ends a stream with %s in an error row', async (_case, body) => {
    const response = await send(body, 'text/csv');
    expect(response.statusCode).toBe(200);
    expect(response.body).toMatch(/\n2,,,,,,.*quote.*not closed/);
  });

  it.each([
    ['an open quote', '"'],
    ['a header without end', 'x'.repeat(200_000)],
    ['a quote in the wrong place', 'a"b"\n'],
  ])('refuses a body that begins with %s with 422', async (_case, body) => {
    expect((await send(body, 'text/csv')).statusCode).toBe(422);
  });

  it('sends the error of a bad row at once: a feed may go on for ever without a good one', async () => {
    const feed = Readable.from(
      (async function* () {
        yield `${header}\n`;
        yield '0.2,1.4,3.5,5.1,a"b",c-1\n'.repeat(10);
        await new Promise(() => undefined);
      })(),
    );
    const response = await app.inject({
      method: 'POST',
      url: '/predict/batch?log=false',
      payload: feed,
      headers: { 'content-type': 'text/csv' },
      payloadAsStream: true,
    });
    let answered = '';
    for await (const chunk of response.stream()) {
      answered += chunk;
      if (answered.includes('\n11,')) break;
    }
    expect(answered).toContain('\n2,,,,,,is not CSV');
  });
});

/** Rows of an answer without their ids. */
const answersOf = (body: string) => body.trimEnd().split('\n').slice(1);

describe('POST /predict/batch with CSV as programs write it', () => {
  const columns = 'sepal_length,sepal_width,petal_length,petal_width';
  const post = (payload: Buffer, type = 'text/csv') =>
    app.inject({ method: 'POST', url: '/predict/batch?log=false', payload, headers: { 'content-type': type } });

  it.each([
    [
      'semicolons and decimal commas',
      `${columns.replaceAll(',', ';')}\r\n5,1;3,5;1,4;0,2\r\n`,
      'utf8',
      'utf-8; separator=semicolon; decimal=comma',
    ],
    ['tabs', `${columns.replaceAll(',', '\t')}\n5.1\t3.5\t1.4\t0.2\n`, 'utf8', 'utf-8; separator=tab; decimal=point'],
    [
      'UTF-16 and a byte order mark',
      `\uFEFF${columns}\r\n5.1,3.5,1.4,0.2\r\n`,
      'utf16le',
      'utf-16le; separator=comma; decimal=point',
    ],
    ['Windows-1252', `${columns},note\n5.1,3.5,1.4,0.2,été\n`, 'latin1', 'windows-1252; separator=comma; decimal=point'],
    ['line ends of an old Macintosh', `${columns}\r5.1,3.5,1.4,0.2\r`, 'utf8', 'utf-8; separator=comma; decimal=point'],
    ['a data frame’s index', `,${columns}\n0,5.1,3.5,1.4,0.2\n`, 'utf8', 'utf-8; separator=comma; decimal=point'],
  ] as const)('reads %s, and says so', async (_what, text, encoding, format) => {
    const response = await post(Buffer.from(text, encoding));
    expect(response.headers['x-csv-format']).toBe(`encoding=${format}`);
    expect(answersOf(response.body)).toEqual([expect.stringMatching(/^2,setosa,1,0,0,/)]);
  });

  it('believes a declared charset', async () => {
    const text = Buffer.from(`${columns},note\n5.1,3.5,1.4,0.2,\u0161\n`, 'latin1');
    const response = await post(text, 'text/csv; charset=iso-8859-15');
    expect([response.statusCode, response.headers['x-csv-format']]).toEqual([200, expect.stringContaining('iso-8859-15')]);
    expect((await post(text, 'text/csv; charset=klingon')).json()).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
  });

  it.each([
    [
      'decimal commas between commas',
      '5,1,3,5,1,4,0,2',
      /has 8 cells where the header has 4: does a number have a decimal comma/,
    ],
    ['too few cells', '5.1,3.5,1.4', /has 3 cells where the header has 4/],
    ['a number of a program text', '0x1F,3.5,1.4,0.2', /\/sepal_length must be a finite number without quotes/],
    ['a thousand', '"1,234",3.5,1.4,0.2', /\/sepal_length .*has a decimal comma, or separates thousands/],
    ['a number beyond a double', '1e400,3.5,1.4,0.2', /\/sepal_length .*is too large for a number/],
    ['a zero character', '5.1,3.5,1\0,0.2', /\/petal_length holds a zero character/],
  ])('answers a row with %s by an error, and the next one by a prediction', async (_what, row, error) => {
    const rows = answersOf((await post(Buffer.from(`${columns}\n${row}\n5.1,3.5,1.4,0.2,,\n`))).body);
    expect(rows).toEqual([expect.stringMatching(error), expect.stringMatching(/^3,setosa,/)]);
    expect(rows[0]).toMatch(/^2,,,,,,/);
  });

  it.each([
    [
      'a column twice',
      `${columns},petal_length\n5.1,3.5,1.4,0.2,6\n`,
      { pointer: '/petal_length', detail: 'the header has this column twice' },
    ],
    [
      'the id twice',
      `${columns},request_id,request_id\n`,
      { pointer: '/request_id', detail: 'the header has this column twice' },
    ],
    [
      'another spelling',
      `Sepal_Length,sepal_width,petal_length,petal_width\n`,
      { pointer: '/sepal_length', detail: expect.stringContaining('"Sepal_Length"') },
    ],
  ])('refuses %s, naming the column', async (_what, text, error) => {
    expect((await post(Buffer.from(text))).json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED', errors: [error] });
  });

  it.each([
    ['a workbook', Buffer.from('PK\u0003\u0004\0\0'), 'save it as CSV'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), 'unpack it first'],
    ['nothing', Buffer.from('\n'), 'there is no header'],
  ])('refuses %s and says what to do', async (_what, file, detail) => {
    expect((await post(file)).json()).toMatchObject({ status: 422, detail: expect.stringContaining(detail) });
  });

  it('answers a header alone by a header alone', async () => {
    expect(await post(Buffer.from(`${columns}\n`))).toMatchObject({
      statusCode: 200,
      body: expect.stringMatching(/^line,.*error\n$/),
    });
  });
});

describe('the content type', () => {
  it('is needed: a body-less request is 400', async () => {
    expect((await app.inject({ method: 'POST', url: '/predict/batch' })).json()).toMatchObject({
      status: 400,
      code: 'JSON_MALFORMED',
    });
  });

  it.each(['text/plain', 'application/xml', 'application/octet-stream'])('%s is 415', async (type) => {
    expect((await send('x', type)).statusCode).toBe(415);
  });
});
