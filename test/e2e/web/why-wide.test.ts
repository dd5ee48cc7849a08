/** The explanation of samples with more values than one looks at. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { runScript } from '../support/processes.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

const COUNT = 60;
const names = Array.from({ length: COUNT }, (_, column) => `sensor ${column + 1}`);
const rowAt = (index: number) => [
  index % 2 === 0 ? 'calm' : 'storm',
  ...names.map((_, column) => ((index * (column + 3)) % 17) + (index % 2) * (column % 7)),
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-wide-'));
  const file = (name: string) => join(directory, name);
  const features = names.map((name) => ({ kind: 'numeric', name, unit: '1' }));
  const schema = { name: 'weather', description: 'Made-up readings.', target: 'sky', classes: ['calm', 'storm'], features };
  await writeFile(file('schema.json'), JSON.stringify(schema));
  const rows = [['sky', ...names], ...Array.from({ length: 120 }, (_, index) => rowAt(index))];
  await writeFile(file('rows.csv'), rows.map((row) => `${row.join(',')}\n`).join(''));
  const paths = ['--data', file('rows.csv'), '--schema', file('schema.json'), '--out', file('weather.json')];
  const { code, output } = await runScript('train', ['--model', 'logreg', '--version', '1.0.0', '--evaluate', 'none', ...paths]);
  expect(output).toContain('weather.json');
  expect(code).toBe(0);
});
afterAll(() => rm(directory, { recursive: true }));

const TEXTS = {
  en: {
    title: 'Why this answer?',
    explain: 'Explain',
    table: 'Table',
    lead: /The score says how far (calm|storm) is ahead of the other classes/,
    figure: /^What each value adds to the score of (calm|storm): (.*; ){10}50 other values together [+−-]?\d+\.\d\d\.$/,
    all: 'Show all 60 values',
    fewer: 'Show the ten that count most',
  },
  fr: {
    title: 'Pourquoi cette réponse\u202f?',
    explain: 'Expliquer',
    table: 'Tableau',
    lead: /Le score dit de combien (calm|storm) devance les autres classes/,
    figure: /^Ce que chaque valeur ajoute au score de (calm|storm)\s: (.*; ){10}50 autres valeurs ensemble [+−-]?\d+,\d\d\.$/,
    all: 'Afficher les 60 valeurs',
    fewer: 'Afficher les dix qui comptent le plus',
  },
} as const;

describe.each([
  ['en', 'light', undefined],
  ['fr', 'dark', PHONE],
] as const)('why, with sixty values, %s, %s', (locale, colorScheme, viewport) => {
  it('tells the ten that count most, in a score that is called one, and all on request', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const texts = TEXTS[locale];
    const api = await startApi('', { MODEL_FILE: join(directory, 'weather.json') });
    const { url } = await startClient({ API_URL: api.url });
    const page = await openPage({ url, locale, colorScheme, ...(viewport && { viewport }) });
    const why = page.getByRole('region', { name: texts.title, exact: true });
    await why.getByRole('button', { name: texts.explain }).click();
    await why.getByText(texts.lead).waitFor();
    await why.getByRole('img', { name: texts.figure }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await why.getByText(texts.table, { exact: true }).click();
    // Head, average, ten features, the rest together, sum.
    expect(await why.getByRole('row').count()).toBe(14);
    await why.getByRole('button', { name: texts.all }).click();
    expect(await why.getByRole('row').count()).toBe(COUNT + 3);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await why.getByRole('button', { name: texts.fewer }).click();
    expect(await why.getByRole('row').count()).toBe(14);
  });
});
