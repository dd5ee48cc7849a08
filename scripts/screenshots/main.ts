/**
 * `npm run screenshots`: pictures of each page of the web client, light, in French and English, into docs/images/.
 *
 *     npm run screenshots -- --page history --dark --phone --whole --out DIR      for a closer look at one of them
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../test/e2e/web/support/chromium.ts';
import { PICTURED, type Pictured } from './pages.ts';
import { openStage } from './stage.ts';

/** High enough for the plot of the predict page. */
const LAPTOP = { width: 1280, height: 1300 };
const PHONE = { width: 360, height: 740 };
const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(import.meta.dirname, '../../docs/images') },
    page: { type: 'string' },
    dark: { type: 'boolean', default: false },
    phone: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
});

const { path, environment } = await findChromium();
const args = ['--no-sandbox', '--disable-gpu', '--headless=shell', '--font-render-hinting=none'];
const stage = await openStage();
const browser = await chromium.launch({ executablePath: path, args, env: { ...process.env, ...environment } });
try {
  await mkdir(options.out, { recursive: true });
  for (const pictured of PICTURED.filter(({ name }) => options.page === undefined || options.page === name)) {
    for (const language of ['en', 'fr'] as const) await takePicture(browser, pictured, language);
  }
} finally {
  await browser.close();
  await stage.close();
}

async function takePicture(
  browser: Browser,
  { name, path, prepare, stageOf = 'api' }: Pictured,
  language: keyof typeof LOCALES,
): Promise<void> {
  const context = await browser.newContext({
    locale: LOCALES[language],
    timezoneId: 'Europe/Paris',
    viewport: options.phone ? PHONE : LAPTOP,
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(stage.urls[stageOf] + path);
  await page.getByText(/^(Healthy|En bonne santé)$/).waitFor();
  await prepare(page);
  const file = resolve(options.out, `${name}-${language}.png`);
  await page.screenshot({ path: file, fullPage: options.whole, caret: 'hide', animations: 'disabled' });
  await context.close();
  process.stdout.write(`${file}\n`);
}
