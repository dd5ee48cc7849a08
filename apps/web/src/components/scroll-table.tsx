/** The one table of the client: plain, with figures in columns; where it is wider than its place it scrolls, by the keyboard too. */
import type { ReactNode } from 'react';
import css from './scroll-table.module.css';

export interface ScrollTableProps {
  /** What the table holds: it is a place of its own for who moves by the keyboard or by a screen reader. */
  readonly label: string;
  /** Whether it may have many rows: then they scroll below their heading. */
  readonly tall?: boolean;
  /** `<thead>` and the rest. Cells that hold words rather than figures have `data-words`. */
  readonly children: ReactNode;
}

export function ScrollTable({ label, tall = false, children }: ScrollTableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, whose look is its own; no section, which would be one more landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1)
    <div aria-label={label} className={css.scroll} data-tall={tall} role="group" tabIndex={0}>
      <table className={css.table}>{children}</table>
    </div>
  );
}
