/** The frame around every page: name, pages, switches, who answers, and the page itself. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BackendStrip } from './backend-strip.tsx';
import { Brand } from './brand.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import css from './frame.module.css';
import { LanguageSwitch } from './language-switch.tsx';
import { LogoutButton } from './logout-button.tsx';
import { Navigation } from './navigation.tsx';

export interface FrameProps {
  /** Whether people log in here. */
  readonly hasLogout: boolean;
  readonly children: ReactNode;
}

export async function Frame({ hasLogout, children }: FrameProps) {
  const t = await getTranslations('shell');
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#content">
        {t('skip')}
      </a>
      <header className={css.header}>
        <div className={css.bar}>
          <Brand />
          <Navigation />
          <div className={css.switches}>
            <LanguageSwitch />
            <ColorSchemeSwitch />
            {hasLogout && <LogoutButton />}
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
