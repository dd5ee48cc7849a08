/** The frame around every page: name, pages, switches, who answers, and the page itself. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BackendStrip } from './backend-strip.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import css from './frame.module.css';
import { LanguageSwitch } from './language-switch.tsx';
import { Navigation } from './navigation.tsx';

export async function Frame({ children }: { readonly children: ReactNode }) {
  const t = await getTranslations('shell');
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#content">
        {t('skip')}
      </a>
      <header className={css.header}>
        <div className={css.bar}>
          <a className={css.brand} href="/">
            <BrandMark />
            {t('name')}
          </a>
          <Navigation />
          <div className={css.switches}>
            <LanguageSwitch />
            <ColorSchemeSwitch />
          </div>
        </div>
      </header>
      <BackendStrip />
      <main className={css.main} id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Three points around a fourth: a sample among its classes. */
function BrandMark() {
  return (
    <svg aria-hidden="true" height="26" viewBox="0 0 32 32" width="26">
      <rect fill="var(--mantine-color-violet-8)" height="32" rx="8" width="32" />
      <g fill="#fff">
        <circle cx="16" cy="8.6" r="3.4" />
        <circle cx="9.6" cy="19.6" opacity="0.75" r="3.4" />
        <circle cx="22.4" cy="19.6" opacity="0.75" r="3.4" />
        <circle cx="16" cy="16" r="2.2" />
      </g>
    </svg>
  );
}
