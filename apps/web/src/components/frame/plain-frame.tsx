/** The frame of the log-in: name and switches, nothing that asks the API. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BrandMark } from './brand-mark.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import css from './frame.module.css';
import { LanguageSwitch } from './language-switch.tsx';

export async function PlainFrame({ children }: { readonly children: ReactNode }) {
  const t = await getTranslations('shell');
  return (
    <div className={css.frame}>
      <header className={css.header}>
        <div className={css.bar}>
          <a className={css.brand} href="/">
            <BrandMark />
            {t('name')}
          </a>
          <div className={css.switches}>
            <LanguageSwitch />
            <ColorSchemeSwitch />
          </div>
        </div>
      </header>
      <main className={css.main}>{children}</main>
    </div>
  );
}
