/** The language and the texts of a request, for next-intl. */
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { FORMATS } from './formats.ts';
import { chooseLocale, LOCALE_COOKIE } from './locales.ts';
import { loadMessages } from './messages.ts';

export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = chooseLocale(chosen, (await headers()).get('accept-language'));
  return { locale, messages: await loadMessages(locale), formats: FORMATS };
});
