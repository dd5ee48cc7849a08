/** Changes between the languages; what is typed on the page stays. */
'use client';
import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { LOCALE_COOKIE, LOCALES } from '../../i18n/locales.ts';

const YEAR_S = 31_536_000;

export function LanguageSwitch() {
  const t = useTranslations('shell');
  const router = useRouter();
  const current = useLocale();
  const other = LOCALES.find((locale) => locale !== current) ?? current;
  function change(): void {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${LOCALE_COOKIE}=${other}; path=/; max-age=${YEAR_S}; samesite=lax`;
    router.refresh();
  }
  return (
    <Button color="gray" lang={other} onClick={change} px="xs" size="compact-sm" variant="subtle">
      {t('otherLanguage')}
    </Button>
  );
}
