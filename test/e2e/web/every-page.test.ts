import { describe, expect } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, it, PATHS, PHONE } from './support/page.ts';

const LANGUAGES = ['en', 'fr'] as const;

describe.each(PATHS)('F2-3: %s', (path) => {
  it.for(LANGUAGES)('%s: axe finds nothing in light and dark; a phone of 360 px shows it whole', async (locale, { openPage }) => {
    const page = await openPage({ path, locale });
    const root = page.locator('html');
    await page.getByText(/Healthy|En bonne santé/).waitFor();
    expect(await root.getAttribute('lang')).toBe(locale);
    await expectAccessible(page);

    await page.setViewportSize(PHONE);
    await expectNoSidewaysScroll(page);

    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect.poll(() => root.getAttribute('data-mantine-color-scheme')).toBe('dark');
    await expectAccessible(page);
  });
});
