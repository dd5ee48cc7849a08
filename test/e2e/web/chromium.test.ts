import { chromium } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { findChromium } from './support/chromium.ts';

const isServed = process.platform === 'linux' && process.arch === 'x64';

it.runIf(isServed)('the browser of npm opens the client where the system has none', async () => {
  const { path, environment } = await findChromium('');
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--headless=shell'], env: environment });
  const page = await browser.newPage();
  await page.goto(inject('clientUrl'));
  expect(await page.title()).toBe('Iris');
  expect(environment.LD_LIBRARY_PATH).toContain('al2023');
  await browser.close();
});
