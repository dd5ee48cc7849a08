/** Which language a person reads: the one chosen by the switch, else the browser's. */

/** Languages, the default first. */
export const LOCALES = ['en', 'fr'] as const;

export type Locale = (typeof LOCALES)[number];

/** Cookie that keeps the choice. */
export const LOCALE_COOKIE = 'locale';

/**
 * Chooses the language of an answer.
 *
 * @param chosen value of the cookie, if there is one.
 * @param accepted `Accept-Language` of the request (RFC 9110, 12.5.4): the language of ours with the highest weight wins, the first of equals.
 */
export function chooseLocale(chosen: string | undefined, accepted: string | null): Locale {
  return findLocale(chosen) ?? preferredLocale(accepted ?? '') ?? LOCALES[0];
}

function preferredLocale(accepted: string): Locale | undefined {
  const ranges = accepted.split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().split(/\s*;\s*/);
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    return { locale: findLocale(tag.split('-')[0]), weight };
  });
  const ours = ranges.filter(({ locale, weight }) => locale !== undefined && weight > 0);
  return ours.sort((a, b) => b.weight - a.weight)[0]?.locale;
}

function findLocale(tag: string | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === tag?.toLowerCase());
}
