/** The pages, and what a person would do on each before a picture is taken. */
import type { Page } from 'playwright-core';
import type { Stage } from './stage.ts';

/** A page of the client. */
export interface Pictured {
  readonly name: string;
  readonly path: string;
  /** Resolves when the page shows what it is for. */
  readonly prepare: (page: Page) => Promise<void>;
  /** Before which APIs it is taken, the one alone unless it says otherwise. */
  readonly stageOf?: keyof Stage['urls'];
}

/** "600 of at most …", "600 requêtes …" and more: enough for a chart, few enough not to wait long. */
const ENOUGH_REQUESTS = /^[6-9]\d\d\D/;

const BATCH_FILE = `petal_width,petal_length,sepal_width,sepal_length,bed
0.2,1.4,3.5,5.1,north
1.3,4.1,2.8,5.7,north
2.1,5.9,3.0,7.1,north
0.4,1.7,,5.4,south
1.5,4.9,2.5,6.3,south
0.2,1.6,3.4,4.8,south
1.8,49,3.0,6.1,south
2.3,5.2,3.0,6.7,east
1.0,3.5,2.6,5.7,east
0.3,1.3,3.5,5.0,east
`;

/** Every page, in the order of the navigation. */
export const PICTURED: readonly Pictured[] = [
  { name: 'predict', path: '/', prepare: waitForAnswer },
  { name: 'batch', path: '/batch', prepare: scoreFile },
  // The log's days lie in the past: the usual span would be empty.
  {
    name: 'history',
    path: '/history?span=all',
    prepare: (page) => page.locator('svg[role="img"][aria-label*="setosa"]').waitFor(),
  },
  { name: 'traffic', path: '/traffic', prepare: observeTraffic, stageOf: 'canary' },
  {
    name: 'drift',
    path: '/drift',
    prepare: (page) => page.locator('article svg[role="img"]').last().waitFor(),
    stageOf: 'registry',
  },
  { name: 'chat', path: '/chat', prepare: converse },
  { name: 'model', path: '/model', prepare: (page) => page.getByRole('table').first().waitFor() },
  {
    name: 'models',
    path: '/models',
    prepare: (page) => page.locator('main svg[role="img"]').last().waitFor(),
    stageOf: 'registry',
  },
];

/** The form asks by itself; the plot comes after it, and what it is drawn over. */
async function waitForAnswer(page: Page): Promise<void> {
  const answer = page.getByRole('region', { name: /^(Answer|Réponse)$/ });
  // The first class may have a bar of no width.
  await answer.getByRole('progressbar').first().waitFor({ state: 'attached' });
  await page.locator('main svg[role="img"]').first().waitFor();
  await page.waitForLoadState('networkidle');
  // An example, once the page is idle: the time that is shown is an answer's, not that of a page which is still loading.
  const answered = page.waitForResponse(/\/api\/predict\?/);
  await page.getByRole('button', { name: 'virginica', exact: true }).click();
  await answered;
  await page.waitForLoadState('networkidle');
}

/** A file with two cells that cannot be right: they are marked, and the other rows scored. */
async function scoreFile(page: Page): Promise<void> {
  const buffer = Buffer.from(BATCH_FILE);
  await page.locator('input[type=file]').setInputFiles({ name: 'garden.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: /^(Score|Évaluer) 8 / }).click();
  await page.getByText(/^(Done|Terminé)/).waitFor();
}

async function observeTraffic(page: Page): Promise<void> {
  await page.locator('main select').selectOption({ index: 2 });
  await page.getByRole('button', { name: /^(Start|Démarrer)$/ }).click();
  await page.getByText(ENOUGH_REQUESTS).waitFor();
}

/** A prediction, and why: each from a tool call, of which the first is opened. */
async function converse(page: Page): Promise<void> {
  const french = (await page.locator('html').getAttribute('lang')) === 'fr';
  const questions = french ? ['quelle espèce pour 6,3 2,5 5 1,9 ?', 'pourquoi ?'] : ['which species is 6.3 2.5 5 1.9 ?', 'why?'];
  const cards = page.getByRole('log').locator('details');
  for (const [index, question] of questions.entries()) {
    await page.getByRole('textbox').fill(question);
    await page.keyboard.press('Enter');
    await cards.nth(index).waitFor();
    // Sending is possible again when the answer has ended.
    await page.getByRole('button', { name: /^(Send|Envoyer)$/ }).waitFor();
  }
  await cards.first().locator('summary').click();
}
