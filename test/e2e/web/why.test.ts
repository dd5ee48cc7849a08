import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

const TEXTS = {
  en: { title: 'Why this answer?', explain: 'Explain', table: 'Table', figure: /^What each value adds to the probability of/ },
  fr: {
    title: 'Pourquoi cette réponse\u202f?',
    explain: 'Expliquer',
    table: 'Tableau',
    figure: /^Ce que chaque valeur ajoute à la probabilité de/,
  },
} as const;

const why = (page: Page, locale: keyof typeof TEXTS = 'en'): Locator =>
  page.getByRole('region', { name: TEXTS[locale].title, exact: true });
const ask = (page: Page, locale: keyof typeof TEXTS = 'en') =>
  why(page, locale).getByRole('button', { name: TEXTS[locale].explain }).click();

function collectQuestions(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/api/explain') asked.push(request.postData() ?? '');
  });
  return asked;
}

describe.each([
  ['en', 'light', undefined],
  ['fr', 'dark', PHONE],
] as const)('why, %s, %s', (locale, colorScheme, viewport) => {
  it('is told as a plot and as a table, which pass axe and fit', async ({ openPage }) => {
    const page = await openPage({ locale, colorScheme, ...(viewport && { viewport }) });
    await ask(page, locale);
    await why(page, locale).getByRole('img', { name: TEXTS[locale].figure }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await why(page, locale).getByText(TEXTS[locale].table, { exact: true }).click();
    // Head, average, a row for each of four features, sum.
    expect(await why(page, locale).getByRole('row').count()).toBe(7);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

describe('why', () => {
  it('is asked for by a press, not before; then it follows the sample', async ({ openPage }) => {
    const page = await openPage();
    const asked = collectQuestions(page);
    await page.getByRole('region', { name: 'Answer', exact: true }).locator('code').waitFor();
    expect(asked).toEqual([]);
    await ask(page);
    await why(page)
      .getByRole('img', { name: /probability of versicolor/ })
      .waitFor();
    await page.getByRole('button', { name: 'setosa' }).click();
    await why(page)
      .getByRole('img', { name: /probability of setosa: .*Petal length \(cm\): 1\.\d \+\d/ })
      .waitFor();
    expect(asked.length).toBeGreaterThanOrEqual(2);
  });

  it('adds up: average and changes lead to the sample’s probability', async ({ openPage }) => {
    const page = await openPage();
    await ask(page);
    await why(page).getByText('Table', { exact: true }).click();
    const cells = await why(page).locator('tbody tr td:last-child, tfoot tr td:last-child').allTextContents();
    const figures = cells.map((text) => Number(text.replace(/[−-]/, '-').replace(/[+%]/g, '')));
    const sum = figures.pop()!;
    expect(figures).toHaveLength(5);
    // Each of six figures is rounded to a tenth.
    expect(Math.abs(figures.reduce((total, figure) => total + figure, 0) - sum)).toBeLessThan(0.31);
  });

  it('says what keeps it from being told, and tells it once that is over', async ({ openPage }) => {
    const page = await openPage({ expected: /503/ });
    const busy = { code: 'OVERLOADED', status: 503, detail: 'Too many explanations are waiting; try again.' };
    await page.route('**/api/explain', (route) => route.fulfill({ status: 503, json: busy }));
    await ask(page);
    await why(page).getByText('The API is very busy').waitFor();
    await expectAccessible(page);
    await page.unroute('**/api/explain');
    await why(page).getByRole('img', { name: TEXTS.en.figure }).waitFor();
    expect(await why(page).getByRole('alert').count()).toBe(0);
  });

  it('is told of another dataset, whose levels are values too', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('churn-logreg');
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url });
    await ask(page);
    await why(page)
      .getByRole('img', { name: /Plan type: (basic|standard|premium) [+-−]/ })
      .waitFor();
    await expectAccessible(page);
  });
});
