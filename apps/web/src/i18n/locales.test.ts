import { describe, expect, it } from 'vitest';
import { chooseLocale } from './locales.ts';

describe('chooseLocale', () => {
  it.each([
    ['fr', 'en', 'fr'],
    ['FR', 'en', 'fr'],
    ['de', 'fr', 'fr'],
    ['<script>', null, 'en'],
    [undefined, null, 'en'],
    [undefined, '', 'en'],
    [undefined, 'fr-CA,fr;q=0.8,en;q=0.5', 'fr'],
    [undefined, 'en;q=0.4, fr;q=0.9', 'fr'],
    [undefined, 'de-DE,de;q=0.9,en;q=0.7,fr;q=0.7', 'en'],
    [undefined, 'fr;q=0, en;q=0.1', 'en'],
    [undefined, 'de,*', 'en'],
    [undefined, ';;q=,,fr;q=x', 'en'],
  ] as const)('cookie %s, Accept-Language %s: %s', (chosen, accepted, locale) => {
    expect(chooseLocale(chosen, accepted)).toBe(locale);
  });
});
