import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createTestApp } from '../../test-app.ts';

it('what is found later than the answer has begun is a line of the log', async () => {
  const lines: { readonly format?: string }[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const { app } = await createTestApp({ withLog: false, logger });
  const header = 'sepal_length,sepal_width,petal_length,petal_width,note\n';
  const begun = Promise.withResolvers<void>();
  const payload = Readable.from(
    (async function* send() {
      yield Buffer.from(`${header}5.1,3.5,1.4,0.2,plain\n`);
      await begun.promise;
      yield Buffer.from('5.1,3.5,1.4,0.2,été\n', 'latin1');
    })(),
  );
  const headers = { 'content-type': 'text/csv' };
  const url = '/predict/batch?log=false';
  const response = await app.inject({ method: 'POST', url, payload, headers, payloadAsStream: true });
  expect(response.headers['x-csv-format']).toBe('encoding=utf-8; separator=comma; decimal=point');
  begun.resolve();
  expect((await text(response.stream())).match(/setosa,1,0,0/g)).toHaveLength(2);
  expect(lines).toMatchObject([{ level: 30, format: 'encoding=windows-1252; separator=comma; decimal=point' }]);
  await app.close();
});
