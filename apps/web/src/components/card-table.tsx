/** A table whose rows are read one by one; on a phone, where its columns have no room, each row is a card. */
import type { ReactNode, TableHTMLAttributes } from 'react';
import css from './card-table.module.css';

export interface CardTableProps extends TableHTMLAttributes<HTMLTableElement> {
  /** Heads of the columns. A card shows none of them: cells that need one there have it as `data-label`. */
  readonly columns: readonly string[];
  /** `<tbody>`. */
  readonly children: ReactNode;
}

export function CardTable({ columns, children, ...attributes }: CardTableProps) {
  return (
    <table {...attributes} className={css.table}>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {children}
    </table>
  );
}
