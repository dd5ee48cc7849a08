import pg from 'pg';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

const CLASSES = ['setosa', 'versicolor', 'virginica'];
const FLOWERS = /setosa|versicolor|virginica|petal|sepal/i;
const TEXTS = {
  en: { sample: 'Sample', answer: 'Answer', predict: 'Predict', sent: 'Sent to the history' },
  fr: { sample: 'Échantillon', answer: 'Réponse', predict: 'Prédire', sent: 'Envoyée à l’historique' },
} as const;

const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name });
const answerOf = (page: Page, name: string = TEXTS.en.answer): Locator => page.getByRole('region', { name, exact: true });
const isAnswered = (page: Page, label: string) =>
  answerOf(page).locator('[aria-live]').getByText(label, { exact: true }).waitFor();

async function rowOf(requestId: string | null): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT species, version, features FROM predictions WHERE request_id = $1', [requestId]);
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Paths with query of the predictions that a page asks for. */
function collectQuestions(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/api/predict') asked.push(pathname + search);
  });
  return asked;
}

describe.each(['en', 'fr'] as const)('F2-3: predicting, %s', (locale) => {
  const texts = TEXTS[locale];

  it('each example is answered at once; Predict puts it into PostgreSQL', async ({ openPage }) => {
    const page = await openPage({ locale });
    const answer = answerOf(page, texts.answer);
    for (const label of CLASSES) {
      await page.getByRole('region', { name: texts.sample, exact: true }).getByRole('button', { name: label }).click();
      await answer.locator('[aria-live]').getByText(label).waitFor();
      await page.getByRole('button', { name: texts.predict, exact: true }).click();
      await answer.getByText(texts.sent).waitFor();
      const requestId = await answer.locator('code').textContent();
      await expect.poll(() => rowOf(requestId)).toMatchObject({ species: label, version: '0.1.0' });
      const { features } = (await rowOf(requestId)) as { features: Record<string, number> };
      const shown = await field(page, 'Petal length (cm)').inputValue();
      expect(Number(shown.replace(',', '.'))).toBe(features.petal_length);
    }
  });
});

describe.each([
  ['en', '.'],
  ['fr', ','],
] as const)('F2-3: numbers that come without keys, %s', (locale, sign) => {
  const NAME = 'Petal length (cm)';
  const shown = (text: string) => text.replace('.', sign);

  it.for([
    ['1.4', '1.4'],
    ['1,4', '1.4'],
    ['1e0', '1'],
    ['\u22121.5', '-1.5'],
    ['1.234,5', '1234.5'],
  ] as const)('%s, filled in, is %s', async ([text, value], { openPage }) => {
    const page = await openPage({ locale });
    await field(page, NAME).fill(text);
    await expect.poll(() => field(page, NAME).inputValue()).toBe(shown(value));
  });

  it.for(['.', ','])('a phone’s keyboard that sends %s as text types a fraction', async (typed, { openPage }) => {
    const page = await openPage({ locale });
    await field(page, NAME).fill('');
    for (const character of ['1', typed, '4']) await page.keyboard.insertText(character);
    await expect.poll(() => field(page, NAME).inputValue()).toBe(shown('1.4'));
    await page.keyboard.press('Backspace');
    await page.keyboard.press('7');
    await expect.poll(() => field(page, NAME).inputValue()).toBe(shown('1.7'));
  });

  it('is sent as the number that it is', async ({ openPage }) => {
    const page = await openPage({ locale });
    const asked = page.waitForRequest((request) => request.postDataJSON()?.petal_length === 1.3);
    await field(page, NAME).fill('1,3');
    expect((await asked).postDataJSON()).toMatchObject({ petal_length: 1.3 });
  });
});

describe('F2-3: the form', () => {
  it('is answered as it changes, without being logged; only Predict is', async ({ openPage }) => {
    const page = await openPage();
    const asked = collectQuestions(page);
    await field(page, 'Petal length (cm)').fill('1.4');
    await field(page, 'Petal width (cm)').fill('0.2');
    await isAnswered(page, 'setosa');
    await answerOf(page).getByText('Not sent to the history: press Predict for that.').waitFor();
    const unlogged = await answerOf(page).locator('code').textContent();
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set(['/api/predict?log=false']));
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await answerOf(page).getByText('Sent to the history').waitFor();
    const logged = await answerOf(page).locator('code').textContent();
    await expect.poll(() => rowOf(logged)).toMatchObject({ species: 'setosa' });
    expect(await rowOf(unlogged)).toBeUndefined();
    expect(asked.filter((path) => path === '/api/predict').length).toBe(1);
  });

  it('its slider moves by keyboard, with the field and the answer', async ({ openPage }) => {
    const page = await openPage();
    const slider = page.getByRole('slider', { name: 'Petal length (cm)' });
    await slider.focus();
    await page.keyboard.press('Home');
    const lowest = await field(page, 'Petal length (cm)').inputValue();
    expect(Number(lowest)).toBeLessThan(1);
    await page.keyboard.press('ArrowRight');
    expect(Number(await field(page, 'Petal length (cm)').inputValue())).toBeCloseTo(Number(lowest) + 0.1, 9);
    await answerOf(page).getByText('Beyond what the model was trained on').waitFor();
  });

  it('warns in the reader’s language of what the model has not seen', async ({ openPage }) => {
    const page = await openPage({ locale: 'fr' });
    await field(page, 'Sepal length (cm)').fill('9,5');
    const warning = 'Sepal length (cm)\u00a0: 9,5 sort de l’intervalle observé, de 4,3 à 7,9.';
    await answerOf(page, TEXTS.fr.answer).getByText(warning).waitFor();
    await expectAccessible(page);
  });

  it('asks nothing of what is not plausible or not a number, and says why at the field', async ({ openPage }) => {
    const page = await openPage();
    const length = field(page, 'Sepal length (cm)');
    await answerOf(page).locator('code').waitFor();
    const asked = collectQuestions(page);
    await length.fill('900');
    await page.getByText('Not plausible: it must be from 0 to 20.').waitFor();
    expect(await length.getAttribute('aria-invalid')).toBe('true');
    await length.fill('');
    await page.getByText('Enter a number.').waitFor();
    expect(await page.getByRole('button', { name: 'Predict', exact: true }).isDisabled()).toBe(true);
    await answerOf(page).getByText('The model answers as soon as every value is in place.').waitFor();
    expect(await answerOf(page).locator('code').count()).toBe(0);
    expect(asked).toEqual([]);
    await expectAccessible(page);
  });

  it('shows a refusal of the API at the field that it is about', async ({ openPage }) => {
    const page = await openPage({ expected: /422/ });
    await answerOf(page).locator('code').waitFor();
    // The API is the real one; what reaches it is out of its range, as if that had become narrower a moment ago.
    await page.route('**/api/predict?log=false', async (route) => {
      const sample = route.request().postDataJSON() as Record<string, number>;
      await route.continue({ postData: { ...sample, petal_width: 99 } });
    });
    await field(page, 'Sepal length (cm)').fill('6');
    await page.getByText('The API refuses this value: is not plausible: must be at most 10').waitFor();
    expect(await field(page, 'Petal width (cm)').getAttribute('aria-invalid')).toBe('true');
    expect(await field(page, 'Sepal length (cm)').getAttribute('aria-invalid')).not.toBe('true');
    await answerOf(page).getByText('A value was refused').waitFor();
    await page.unroute('**/api/predict?log=false');
    await field(page, 'Petal width (cm)').fill('0.2');
    await answerOf(page).locator('code').waitFor();
    expect(await page.getByText('The API refuses this value').count()).toBe(0);
  });

  it('keeps what is typed while other pages are looked at, and over a reload', async ({ openPage }) => {
    const page = await openPage();
    await field(page, 'Sepal length (cm)').fill('5.7');
    await page.getByRole('link', { name: 'Model', exact: true }).click();
    await page.waitForURL('**/model');
    await page.getByRole('link', { name: 'Predict' }).click();
    await expect.poll(() => field(page, 'Sepal length (cm)').inputValue()).toBe('5.7');
    await page.reload();
    await expect.poll(() => field(page, 'Sepal length (cm)').inputValue()).toBe('5.7');
  });

  it('the request id can be copied', async ({ openPage }) => {
    const page = await openPage();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy request id' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await answerOf(page).locator('code').textContent());
  });
});

describe('F2-3: an answer that is late', () => {
  it('is never shown beside another sample', async ({ openPage }) => {
    const page = await openPage();
    await isAnswered(page, 'versicolor');
    const held = Promise.withResolvers<void>();
    const let_go = Promise.withResolvers<void>();
    await page.route('**/api/predict?log=false', async (route) => {
      if (!route.request().postData()!.includes('"petal_length":1.4,')) return route.continue();
      held.resolve();
      await let_go.promise;
      // The page may have given it up.
      await route.continue().catch(() => undefined);
    });
    await field(page, 'Petal length (cm)').fill('1.4');
    await held.promise;
    // The answer to the sample before leaves, and a text says what is waited for.
    await answerOf(page).getByText('Waiting for the model…').waitFor({ state: 'visible' });
    await answerOf(page).getByText('versicolor').first().waitFor({ state: 'hidden' });
    expect(await answerOf(page).locator('code').count()).toBe(0);
    await page.getByRole('button', { name: 'virginica' }).click();
    await isAnswered(page, 'virginica');
    const seen: string[] = [];
    await page.exposeFunction('tell', (text: string) => seen.push(text));
    await page.evaluate(`new MutationObserver(() => tell(document.querySelector('[aria-live=polite]').textContent))
      .observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true })`);
    let_go.resolve();
    await field(page, 'Petal length (cm)').fill('6');
    await answerOf(page).locator('code').waitFor();
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set(['virginica']));
  });
});

describe('F2-3: an API that goes while someone types', () => {
  it('nothing typed is lost, and the answer comes by itself', async ({ openPage, startApi, startClient }) => {
    const first = await startApi('iris-rf');
    const client = await startClient({ API_URL: first.url });
    const page = await openPage({ url: client.url, expected: /502/ });
    await isAnswered(page, 'versicolor');
    await first.terminate();
    await field(page, 'Petal length (cm)').fill('1.4');
    await answerOf(page).getByText('The API cannot be reached').waitFor();
    expect(await answerOf(page).locator('code').count()).toBe(0);
    await field(page, 'Petal width (cm)').fill('0.2');
    await expectAccessible(page);
    await startApi('iris-rf', { PORT: String(first.port) });
    await isAnswered(page, 'setosa');
    expect(await field(page, 'Petal length (cm)').inputValue()).toBe('1.4');
    expect(await field(page, 'Petal width (cm)').inputValue()).toBe('0.2');
    await page.getByText('The API cannot be reached').waitFor({ state: 'detached' });
  });

  it('an API of another dataset in its place makes another form; what was typed is there when the first is back', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const iris = await startApi('iris-rf');
    const PORT = String(iris.port);
    const client = await startClient({ API_URL: iris.url });
    const page = await openPage({ url: client.url, expected: /502|422/ });
    await field(page, 'Sepal length (cm)').fill('5.7');
    await iris.terminate();
    const churn = await startApi('churn-logreg', { PORT });
    await field(page, 'Tenure months (months)').waitFor();
    await answerOf(page).locator('code').waitFor();
    expect(await field(page, 'Sepal length (cm)').count()).toBe(0);
    await churn.terminate();
    await startApi('iris-svm', { PORT });
    await field(page, 'Sepal length (cm)').waitFor();
    expect(await field(page, 'Sepal length (cm)').inputValue()).toBe('5.7');
    await answerOf(page).getByText('svm 0.2.0').waitFor();
  });
});

describe('F2-5: another API makes another client', () => {
  it.for([
    {
      model: 'churn-logreg',
      fields: ['Tenure months (months)', 'Num complaints (nombre)'],
      choice: ['Plan type', 'premium'],
      classes: ['no', 'yes'],
    },
    {
      model: 'third-rf',
      fields: ['Ph (pH)', 'Moisture (%)'],
      choice: ['Colour', 'black'],
      classes: ['sand', 'silt', 'clay', 'peat'],
    },
  ])(
    '$model: a working form, in French, and no flower',
    async ({ model, fields, choice, classes }, { openPage, startApi, startClient }) => {
      const api = await startApi(model);
      const client = await startClient({ API_URL: api.url });
      const page = await openPage({ url: client.url, locale: 'fr' });
      const answer = answerOf(page, TEXTS.fr.answer);
      for (const label of classes) {
        await page.getByRole('region', { name: TEXTS.fr.sample, exact: true }).getByRole('button', { name: label }).click();
        await answer.locator('[aria-live]').getByText(label, { exact: true }).waitFor();
      }
      for (const name of fields) expect(Number((await field(page, name).inputValue()).replace(',', '.'))).not.toBeNaN();
      await page.getByRole('combobox', { name: choice[0]! }).selectOption(choice[1]!);
      await page.getByRole('button', { name: TEXTS.fr.predict, exact: true }).click();
      await answer.getByText(TEXTS.fr.sent).waitFor();
      expect(await answer.getByRole('progressbar').count()).toBe(classes.length);
      await page.getByRole('application').waitFor();
      expect(await page.content()).not.toMatch(FLOWERS);
      await expectAccessible(page);
      await page.setViewportSize(PHONE);
      await expectNoSidewaysScroll(page);
    },
  );
});
