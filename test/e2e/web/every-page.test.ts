import { describe, expect } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, it, PATHS, PHONE } from './support/page.ts';

const LANGUAGES = ['en', 'fr'] as const;
const LOOKS = LANGUAGES.flatMap((locale) => (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })));

describe.each(PATHS)('F2-3: %s', (path) => {
  it.for(LOOKS)('$locale, $colorScheme: axe finds nothing', async (look, { openPage }) => {
    const page = await openPage({ path, ...look });
    await page.getByText(/Healthy|En bonne santé/).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(look.locale);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(look.colorScheme);
    await expectAccessible(page);
  });

  it.for(LANGUAGES)('%s: no sideways scroll on a phone of 360 px', async (locale, { openPage }) => {
    const page = await openPage({ path, locale, viewport: PHONE });
    await page.getByText(/Healthy|En bonne santé/).waitFor();
    await expectNoSidewaysScroll(page);
  });
});
