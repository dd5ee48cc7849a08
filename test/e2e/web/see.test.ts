import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

interface GridRequest {
  readonly search: string;
  readonly body: { readonly instances: readonly { readonly features: readonly (number | string)[] }[] };
}

const see = (page: Page, name = 'Among the others'): Locator => page.getByRole('region', { name, exact: true });
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name });
/** Areas of the decision regions; Plot draws them as `rect`, and its frame as one more. */
const areas = (page: Page): Locator => page.locator('[role=img] g rect');

/** Opens the page and resolves when the regions are drawn. */
async function waitForRegions(page: Page): Promise<void> {
  await page.getByRole('application').waitFor();
  await expect.poll(() => areas(page).count()).toBeGreaterThan(30);
}

function collectGrids(page: Page): GridRequest[] {
  const grids: GridRequest[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/api/predict/batch') grids.push({ search, body: request.postDataJSON() });
  });
  return grids;
}

describe.each([
  ['light', 'a laptop', undefined],
  ['dark', 'a phone', PHONE],
] as const)('F2-3: the plot, %s, on %s', (colorScheme, _where, viewport) => {
  it('passes axe with regions, samples and the own sample, and fits', async ({ openPage }) => {
    const page = await openPage({ colorScheme, ...(viewport && { viewport }) });
    await waitForRegions(page);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

describe('F2-3: the plot', () => {
  it('shows every sample by colour and by shape, and says so to those who do not see it', async ({ openPage }) => {
    const page = await openPage();
    await waitForRegions(page);
    const figure = page.getByRole('img', {
      name: /^Scatter plot of 150 samples: Petal length \(cm\) across, Petal width \(cm\) upwards/,
    });
    const marks = figure.locator('g[stroke="var(--iris-card)"] path');
    expect(await marks.count()).toBe(150);
    const looks = await marks.evaluateAll((paths) => paths.map((path) => [path.getAttribute('fill'), path.getAttribute('d')]));
    expect(new Set(looks.map(([fill]) => fill)).size).toBe(3);
    expect(new Set(looks.map(([, outline]) => outline)).size).toBe(3);
    for (const name of ['setosa', 'versicolor', 'virginica', 'Your sample'])
      await page.getByRole('list', { name: 'Legend' }).getByText(name, { exact: true }).waitFor();
  });

  it('asks for its regions without logging, a bounded number of samples with the other values held', async ({ openPage }) => {
    const page = await openPage();
    const grids = collectGrids(page);
    await page.reload();
    await waitForRegions(page);
    await field(page, 'Sepal width (cm)').fill('4.1');
    await expect.poll(() => grids.at(-1)?.body.instances[0]?.features[1]).toBe(4.1);
    for (const { search, body } of grids) {
      expect(search).toBe('?log=false');
      expect(body.instances.length).toBeGreaterThan(1000);
      expect(body.instances.length).toBeLessThanOrEqual(2000);
    }
    const before = grids.length;
    // The sample moves within the regions: they stay.
    await field(page, 'Petal width (cm)').fill('2.2');
    await page.getByRole('region', { name: 'Answer', exact: true }).getByText('virginica').first().waitFor();
    expect(grids.length).toBe(before);
    const { instances } = grids.at(-1)!.body;
    expect(new Set(instances.map(({ features }) => features[1]))).toEqual(new Set([4.1]));
    expect(new Set(instances.map(({ features }) => features[2])).size).toBeGreaterThan(30);
  });

  it('any two features are its axes', async ({ openPage }) => {
    const page = await openPage();
    await waitForRegions(page);
    await see(page).getByRole('combobox', { name: 'Across' }).selectOption('Sepal length (cm)');
    await page.getByRole('img', { name: /Sepal length \(cm\) across, Petal width \(cm\) upwards/ }).waitFor();
    await see(page).getByRole('combobox', { name: 'Upwards' }).selectOption('Sepal length (cm)');
    await page.getByRole('img', { name: /Petal width \(cm\) across, Sepal length \(cm\) upwards/ }).waitFor();
    await waitForRegions(page);
  });

  it('by keyboard: it is reached, and the arrow keys move the sample and the answer', async ({ openPage }) => {
    const page = await openPage();
    await waitForRegions(page);
    await see(page).getByRole('combobox', { name: 'Upwards' }).focus();
    await page.keyboard.press('Tab');
    const plot = page.getByRole('application', { name: /^Your sample on the plot/ });
    expect(await plot.and(page.locator(':focus')).count()).toBe(1);
    await field(page, 'Petal length (cm)').fill('3');
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => field(page, 'Petal length (cm)').inputValue()).toBe('2.1');
    expect(await field(page, 'Petal width (cm)').inputValue()).toBe('1.4');
  });

  it('by pointer: a press moves the sample there', async ({ openPage }) => {
    const page = await openPage();
    await waitForRegions(page);
    const plot = page.getByRole('application');
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await plot.boundingBox())!;
    await page.mouse.move(x + width * 0.5, y + height * 0.5);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.15, y + height * 0.8);
    await page.mouse.up();
    await page.getByRole('region', { name: 'Answer', exact: true }).getByText('setosa').first().waitFor();
    expect(Number(await field(page, 'Petal length (cm)').inputValue())).toBeLessThan(2);
    await page.mouse.move(x + width * 0.5, y + height * 0.3);
    expect(Number(await field(page, 'Petal length (cm)').inputValue())).toBeLessThan(2);
  });

  it('tells of a sample under the pointer', async ({ openPage }) => {
    const page = await openPage();
    await waitForRegions(page);
    const mark = page.locator('[role=img] g[stroke="var(--iris-card)"] path').first();
    await mark.scrollIntoViewIfNeeded();
    const { x, y } = (await mark.boundingBox())!;
    await page.mouse.move(x + 2, y + 2);
    await page.locator('[role=img]').getByText('setosa').first().waitFor();
  });

  it('goes on without regions while they cannot be had, and gets them by itself', async ({ openPage }) => {
    const page = await openPage({ expected: /503/ });
    await page.route('**/api/predict/batch?log=false', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"code":"OVERLOADED"}' }),
    );
    await page.reload();
    await page.getByText('The regions cannot be computed now').waitFor();
    expect(await page.locator('[role=img] g[stroke="var(--iris-card)"] path').count()).toBe(150);
    await page.unroute('**/api/predict/batch?log=false');
    await waitForRegions(page);
    expect(await page.getByText('The regions cannot be computed now').count()).toBe(0);
  });
});

describe('F2-3: the table, the alternative to the plot', () => {
  it('is chosen by keyboard, has every sample, and any of them can be taken into the form', async ({ openPage }) => {
    const page = await openPage();
    await see(page).getByRole('radio', { name: 'Plot' }).focus();
    await page.keyboard.press('ArrowRight');
    const table = see(page).getByRole('table');
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBe(151);
    expect(await table.getByRole('columnheader').allTextContents()).toEqual([
      'Species',
      'Sepal length (cm)',
      'Sepal width (cm)',
      'Petal length (cm)',
      'Petal width (cm)',
      'Use',
    ]);
    await expectAccessible(page);
    await see(page).getByRole('button', { name: 'Use sample 101, virginica' }).press('Enter');
    expect(await field(page, 'Sepal length (cm)').inputValue()).toBe('6.3');
    await page.getByRole('region', { name: 'Answer', exact: true }).getByText('virginica').first().waitFor();
    await page.setViewportSize(PHONE);
    await expectNoSidewaysScroll(page);
  });
});

describe('F2-5: the plot of churn', () => {
  it('offers numeric features only, and shows no more samples than it can', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('churn-logreg');
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url });
    const grids = collectGrids(page);
    await waitForRegions(page);
    const options = await see(page).getByRole('combobox', { name: 'Across' }).locator('option').allTextContents();
    expect(options).toEqual(['Tenure months (months)', 'Num complaints (count)', 'Avg session minutes (min)']);
    expect(await page.locator('[role=img] g[stroke="var(--iris-card)"] path').count()).toBe(1000);
    await page.getByRole('combobox', { name: 'Plan type' }).selectOption('premium');
    await expect.poll(() => grids.at(-1)?.body.instances[0]?.features).toContain('premium');
    await see(page).getByText('Table', { exact: true }).click();
    await expect.poll(() => see(page).getByRole('row').count()).toBe(201);
  });
});
