/** The one card of the client: a titled section. */
import type { ReactNode } from 'react';
import css from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** What stands at the title's end, such as a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ title, aside, children }: PanelProps) {
  return (
    <section aria-label={title} className={css.panel}>
      <div className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
