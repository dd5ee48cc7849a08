import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { describe, expect, inject, onTestFinished } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { longestTaskMs } from './support/longest-task.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

const HEADER = 'sepal_length,sepal_width,petal_length,petal_width';
const ROWS = 100_000;
/** One row in so many cannot be scored. */
const ROWS_A_FAULT = 10_000;
/** What browsers call a long task (W3C, Long Tasks): a page that has none follows every touch. */
const LONG_TASK_MS = 50;

/** Rows of iris-like numbers; every ten-thousandth lacks one. */
function largeFile(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const petal = index % ROWS_A_FAULT === 0 ? '' : ((index % 60) / 10 + 0.9).toFixed(1);
    return `5.${index % 10},3.${index % 7},${petal},${((index % 24) / 10 + 0.1).toFixed(1)},${index}`;
  });
  return `${HEADER},number\n${rows.join('\n')}\n`;
}

/** Chooses a file of the disk, as a person does: a file that comes with the command is put together by the page itself. */
async function chooseLarge(page: Page, rows: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-batch-'));
  const path = join(directory, 'large.csv');
  await writeFile(path, largeFile(rows));
  onTestFinished(() => rm(directory, { recursive: true }));
  await page.locator('input[type=file]').setInputFiles(path);
}

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** Drops files of one good row each on the page's drop zone. */
async function drop(page: Page, ...names: readonly string[]): Promise<void> {
  const files = names.map((name) => `dropped.items.add(new File(['${HEADER}\\n5.1,3.5,1.4,0.2'], '${name}'));`).join('');
  const dropped = await page.evaluateHandle(`(() => { const dropped = new DataTransfer(); ${files} return dropped; })()`);
  await page.locator('[role=presentation]').dispatchEvent('drop', { dataTransfer: dropped });
}

/** Presses a button and reads the file that comes, as lines. */
async function downloaded(page: Page, button: string): Promise<string[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
}

describe('F2-3: scoring a file', () => {
  it('the example goes through: chosen, seen, scored, and taken home with labels and probabilities', async ({ openPage }) => {
    const page = await openPage({ path: '/batch' });
    const example = await downloaded(page, 'An example to start from');
    expect(example).toHaveLength(151);
    const button = page.getByRole('button', { name: 'Choose a CSV file' });
    const [dialogue] = await Promise.all([page.waitForEvent('filechooser'), button.press('Enter')]);
    await dialogue.setFiles({ name: 'example.csv', mimeType: 'text/csv', buffer: Buffer.from(example.join('\n')) });
    await page.getByText('example.csv: 150 rows.').waitFor();
    await page.getByText('All of them can be scored.').waitFor();
    await page.getByText('Nothing is written to the API’s prediction log').waitFor();
    await page.getByRole('button', { name: 'Score 150 rows' }).click();
    await page.getByText('Done: 150 of 150 rows scored').waitFor();
    await page.getByText('Answered by rf 0.1.0 (150).').waitFor();
    const [header, first, ...others] = await downloaded(page, 'Download the scored file');
    expect(header).toBe(
      `${HEADER},prediction,probability_setosa,probability_versicolor,probability_virginica,model,version,error`,
    );
    expect(first).toBe('5.1,3.5,1.4,0.2,setosa,1,0,0,rf,0.1.0,');
    expect(others).toHaveLength(149);
  });

  it('faulty cells are marked by line and column, counted, and left out', async ({ openPage }) => {
    const page = await openPage({ path: '/batch' });
    const rows = ['=1+1;0,2;5,1;3,5;1,4', 'b;;5,1;x;1,4', 'c;0,2;5,1;3,5;1000', 'd;0,2;5,1;3,5;1,4;9'];
    await choose(page, 'mixed.csv', `note;petal_width;sepal_length;sepal_width;petal_length\n${rows.join('\n')}\n`);
    await page.getByText('1 can be scored, 3 cannot.').waitFor();
    await page
      .getByText(/separated by semicolons\. Decimal commas are read as such.*One other column is kept as it is: note/)
      .waitFor();
    const faults = page.getByRole('group', { name: 'What is wrong in the file' }).getByRole('row');
    expect((await faults.allInnerTexts()).slice(1).map((row) => row.split(/\s*\t\s*/))).toEqual([
      ['sepal_width', 'not a number', '1', '3'],
      ['petal_width', 'missing', '1', '3'],
      ['petal_length', expect.stringContaining('not plausible'), '1', '4'],
      ['Whole row', expect.stringContaining('more cells than columns'), '1', '5'],
    ]);
    const preview = page.getByRole('group', { name: 'Preview' }).getByRole('row');
    expect(await preview.nth(2).getByRole('cell').allInnerTexts()).toEqual(['5,1', 'x\nnot a number', '1,4', 'missing']);
    await page.getByRole('switch', { name: 'Only the 3 that cannot be scored' }).press('Space');
    await expect.poll(() => preview.count()).toBe(4);
    await page.getByRole('button', { name: 'Score one row' }).click();
    await page.getByText('Done: 1 of 1 rows scored').waitFor();
    const [, first, second] = await downloaded(page, 'Download the scored file');
    expect(first).toMatch(/^"'=1\+1";0,2;5,1;3,5;1,4;setosa;1;0;0;rf;0\.1\.0;$/);
    expect(second).toBe('b;;5,1;x;1,4;;;;;;;"sepal_width ""x"" is not a number; petal_width is missing"');
  });

  it('a file that cannot be scored is refused with the reason, and the next one is taken', async ({ openPage }) => {
    const page = await openPage({ path: '/batch' });
    const refusals = [
      ['empty.csv', '', 'The file is empty.'],
      ['flowers.xlsx', 'PK\u0003\u0004', 'Save it as CSV'],
      ['other.csv', 'sepal_length,colour\n1,red\n', 'These are missing: sepal_width, petal_length, petal_width'],
    ] as const;
    for (const [name, text, reason] of refusals) {
      await choose(page, name, text);
      const notice = page.getByRole('alert').filter({ hasText: `${name} cannot be scored` });
      await notice.getByText(reason).waitFor();
    }
    await expectAccessible(page);
    await drop(page, 'first.csv', 'second.csv');
    await page.getByText('One file at a time, please.').waitFor();
    await drop(page, 'good.csv');
    await page.getByText('good.csv: one row.').waitFor();
  });

  it('100,000 rows do not freeze the page; scoring is cancelled and goes on where it was', async ({
    openPage,
    browser,
    annotate,
  }) => {
    const page = await openPage({ path: '/batch' });
    let lines: readonly string[] = [];
    const longest = await longestTaskMs(browser, page, async () => {
      await chooseLarge(page, ROWS);
      await page.getByText('99,990 can be scored, 10 cannot.').waitFor();
      await page.getByRole('button', { name: 'Score 99,990 rows' }).click();
      await page.getByText(/^[1-9][\d,]* of 99,990 rows scored$/).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText(/^Cancelled: [\d,]+ of 99,990 rows scored$/).waitFor();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('Done: 99,990 of 99,990 rows scored').waitFor();
      lines = await downloaded(page, 'Download the scored file');
    });
    await annotate(`longest task ${longest} ms of CPU time`);
    expect(lines).toHaveLength(ROWS + 1);
    expect(lines.filter((line) => line.endsWith('petal_length is missing'))).toHaveLength(ROWS / ROWS_A_FAULT);
    expect(lines.every((line, index) => index === 0 || line.split(',')[4] === String(index - 1))).toBe(true);
    expect(await page.getByRole('row').count()).toBeLessThan(30);
    expect(longest).toBeLessThan(LONG_TASK_MS);
  });

  it('an API that goes away and comes back as another version is waited for; no row is lost or scored twice', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const PORT = String(await freePort());
    const first = await startApi('iris-rf', { PORT });
    const client = await startClient({ API_URL: first.url });
    const page = await openPage({ url: client.url, path: '/batch', expected: /50\d/ });
    await chooseLarge(page, 40_000);
    await page.getByRole('button', { name: 'Score 39,996 rows' }).click();
    await page.getByText(/^[1-9][\d,]* of 39,996 rows scored$/).waitFor();
    await first.terminate();
    await page.getByText(/rows scored; it goes on by itself$/).waitFor();
    await page.getByText('The API cannot be reached').waitFor();
    await startApi('iris-svm', { PORT });
    await page.getByText('Done: 39,996 of 39,996 rows scored').waitFor();
    await page.getByText('The model changed on the way.').waitFor();
    const lines = await downloaded(page, 'Download the scored file');
    const versions = Map.groupBy(lines.slice(1), (line) => line.split(',').at(-2));
    expect(lines).toHaveLength(40_001);
    expect([...versions.keys()].sort()).toEqual(['', '0.1.0', '0.2.0']);
    expect(versions.get('')).toHaveLength(4);
  });

  it('keeps the predictions where that is asked for, under ids that the file tells', async ({ openPage }) => {
    const page = await openPage({ path: '/batch' });
    await choose(page, 'kept.csv', `${HEADER}\n5.1,3.5,1.4,0.2\n6.2,2.9,4.3,1.3\n`);
    await page.getByLabel('Keep these predictions in the history').check();
    await page.getByText('Each of the 2 predictions is written to the API’s prediction log.').waitFor();
    await page.getByRole('button', { name: 'Score 2 rows' }).click();
    await page.getByText('Done: 2 of 2 rows scored').waitFor();
    const [header, ...rows] = await downloaded(page, 'Download the scored file');
    const column = header!.split(',').indexOf('request_id');
    const ids = rows.map((row) => row.split(',')[column]);
    expect(new Set(ids).size).toBe(2);
    const database = new pg.Client({ connectionString: inject('databaseUrl') });
    await database.connect();
    const keptRows = () => database.query('SELECT species FROM predictions WHERE request_id = ANY($1)', [ids]);
    await expect.poll(async () => (await keptRows()).rowCount).toBe(2);
    await database.end();
  });

  it('levels of another dataset are checked as well, in French, in the dark and on a phone', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const api = await startApi('churn-logreg');
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/batch', locale: 'fr', viewport: PHONE, colorScheme: 'dark' });
    const { features } = (await api.read<{ dataset: { features: readonly { name: string }[] } }>('/model')).dataset;
    const { samples } = await api.read<{ samples: readonly (readonly (string | number)[])[] }>('/samples');
    const rows = samples.slice(0, 30).map((sample) => sample.join(','));
    const wrong = samples[0]!.map((value) => (typeof value === 'string' ? 'inconnu' : value)).join(',');
    await choose(page, 'clients.csv', [features.map(({ name }) => name).join(','), ...rows, wrong].join('\n'));
    await page.getByText('Évaluables : 30 ; en défaut : 1.').waitFor();
    expect(
      await page
        .getByRole('group', { name: 'Les défauts du fichier' })
        .getByText(/aucun de/)
        .count(),
    ).toBeGreaterThan(0);
    await page.getByRole('switch', { name: 'Seulement les 1 en défaut' }).press('Space');
    await page.getByRole('button', { name: 'Évaluer 30 lignes' }).click();
    await page.getByText('Terminé ; lignes évaluées : 30 sur 30').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
