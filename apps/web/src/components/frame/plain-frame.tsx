/** The frame of the log-in: name and switches, nothing that asks the API. */
import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import css from './frame.module.css';
import { LanguageSwitch } from './language-switch.tsx';

export function PlainFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className={css.frame}>
      <header className={css.header}>
        <div className={css.bar}>
          <Brand />
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
