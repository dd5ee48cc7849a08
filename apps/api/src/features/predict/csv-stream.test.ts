import { Readable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { createServedModel } from '../../models/served-model.ts';
import { createTestApp, irisDocument } from '../../test-app.ts';

it('what is found later than the answer has begun is a line of the log', async () => {
  const lines: { readonly format?: string }[] = [];
  const logger = pino({ level: 'info' }, { write: (text) => void lines.push(JSON.parse(text)) });
  const { dependencies } = await createTestApp({ withLog: false });
  const model = createServedModel(irisDocument(), undefined);
  const app = await buildApp({ ...dependencies, logger }, { served: () => model, log: undefined });
  const header = 'sepal_length,sepal_width,petal_length,petal_width,note\n';
  const chunks = [`${header}5.1,3.5,1.4,0.2,plain\n`, '5.1,3.5,1.4,0.2,été\n'].map((text) => Buffer.from(text, 'latin1'));
  const headers = { 'content-type': 'text/csv' };
  const payload = Readable.from(chunks);
  const response = await app.inject({ method: 'POST', url: '/predict/batch?log=false', payload, headers });
  expect(response.headers['x-csv-format']).toBe('encoding=utf-8; separator=comma; decimal=point');
  expect(response.body.match(/setosa,1,0,0/g)).toHaveLength(2);
  expect(lines).toMatchObject([{ level: 30, format: 'encoding=windows-1252; separator=comma; decimal=point' }]);
  await app.close();
});
