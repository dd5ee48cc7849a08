/** Columns may have any name: from a file through training and the API to every page. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { runScript } from '../support/processes.ts';
import { it } from './support/page.ts';

/** Names that the log, a request, an object and a path of texts have for something else, and some that need quotes. */
const NUMBERS = ['version', 'features', 'constructor', 'a.b', 'say "x", {y}', '🌱 <b>'];
const LEVELS = ['i10', 'clio'];
const SCHEMA = {
  name: 'cars',
  description: 'Used cars.',
  target: 'id',
  classes: ['sold', 'not yet'],
  features: [
    { kind: 'categorical', name: 'model', levels: LEVELS },
    ...NUMBERS.map((name) => ({ kind: 'numeric', name, unit: 'km' })),
  ],
};
const HEADER = [SCHEMA.target, ...SCHEMA.features.map(({ name }) => name)];
const quote = (cell: unknown) => `"${String(cell).replaceAll('"', '""')}"`;
const rowAt = (index: number) => [
  SCHEMA.classes[index % 2],
  LEVELS[index % 2],
  ...NUMBERS.map((_, column) => (index % 2) * 5 + ((index * (column + 3)) % 7) / 2),
];
const csv = (rows: readonly (readonly unknown[])[]) => [HEADER, ...rows].map((row) => `${row.map(quote).join(';')}\r\n`).join('');

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-names-'));
  const file = (name: string) => join(directory, name);
  await writeFile(file('schema.json'), JSON.stringify(SCHEMA));
  await writeFile(file('rows.csv'), csv(Array.from({ length: 60 }, (_, index) => rowAt(index))));
  const options = ['--model', 'rf', '--version', '1.0.0', '--evaluate', 'none'];
  const paths = ['--data', file('rows.csv'), '--schema', file('schema.json'), '--out', file('cars.json')];
  const { code, output } = await runScript('train', [...options, ...paths]);
  expect(output).toContain('semicolons between columns');
  expect(code).toBe(0);
});
afterAll(() => rm(directory, { recursive: true }));

describe('a dataset whose columns are called as other things are', () => {
  it('has a form, an explanation, a log and a scored file', { timeout: 120_000 }, async ({ openPage, startApi, startClient }) => {
    const api = await startApi('', {
      MODEL_FILE: join(directory, 'cars.json'),
      PREDICTION_LOG: `file:${join(directory, 'log')}`,
    });
    const { url } = await startClient({ API_URL: api.url });
    const page = await openPage({ url });
    for (const [index, name] of NUMBERS.entries()) {
      const field = page.locator('form').getByRole('textbox').nth(index);
      expect(await field.getAttribute('aria-invalid')).not.toBe('true');
      await field.fill('6.5');
      expect(await page.locator('form').getByText(name.slice(1)).count()).toBeGreaterThan(0);
    }
    await page.locator('form select').selectOption('clio');
    const asked = page.waitForResponse((response) => response.url().endsWith('/api/predict'));
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    expect(await (await asked).json()).toMatchObject({ prediction: 'not yet' });
    const values = Object.fromEntries(NUMBERS.map((name) => [name, 6.5]));
    const logged = async () => (await api.read<{ predictions: object[] }>('/predictions')).predictions;
    await expect.poll(logged).toMatchObject([{ prediction: 'not yet', features: { model: 'clio', ...values } }]);

    const history = await openPage({ url, path: '/history' });
    await history.getByText('clio').first().waitFor();

    const batch = await openPage({ url, path: '/batch' });
    const file = { name: 'cars.csv', mimeType: 'text/csv', buffer: Buffer.from(csv([rowAt(1), rowAt(2)])) };
    await batch.locator('input[type=file]').setInputFiles(file);
    await batch.getByText('cars.csv: 2 rows.').waitFor();
    await batch.getByRole('button', { name: 'Score 2 rows' }).click();
    await batch.getByText('Done: 2 of 2 rows scored').waitFor();
  });
});
