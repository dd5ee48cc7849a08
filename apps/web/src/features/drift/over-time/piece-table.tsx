/** The pictures over time as a table: the newest first, without pieces in which nothing was predicted. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { LocalTime } from '../../../components/local-time.tsx';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import { humanize } from '../../../lib/format/names.ts';
import css from '../drift.module.css';
import type { Piece } from './pieces.ts';

const HEADS = ['since', 'versions', 'predictions', 'judged', 'accuracy', 'interval', 'drifting', 'greatest'] as const;
const NONE = '–';

export function PieceTable({ pieces }: { readonly pieces: readonly Piece[] }) {
  const t = useTranslations('drift');
  const rows = pieces.filter(({ predictions }) => predictions > 0).reverse();
  return (
    <details className={css.details}>
      <summary>{t('inFigures')}</summary>
      <ScrollTable label={t('overTime.title')} tall>
        <thead>
          <tr>
            {HEADS.map((name) => (
              <th key={name} scope="col">
                {t(`overTime.heads.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((piece) => (
            <PieceRow key={piece.from} piece={piece} />
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}

function PieceRow({ piece }: { readonly piece: Piece }) {
  const t = useTranslations('drift');
  const format = useFormatter();
  const { from, versions, predictions, judged, accuracy, drifting, greatest } = piece;
  return (
    <tr>
      <th scope="row">
        <LocalTime instant={new Date(from).toISOString()} />
      </th>
      <td>{versions.map((version) => version ?? t('overTime.unnamed')).join(', ')}</td>
      <td>{format.number(predictions)}</td>
      <td>{format.number(judged)}</td>
      <td>{accuracy ? format.number(accuracy.estimate, 'percent') : NONE}</td>
      <td>{accuracy ? t('overTime.range', { low: accuracy.low, high: accuracy.high }) : NONE}</td>
      <td>{drifting === null ? NONE : format.number(drifting, 'percent')}</td>
      <td>{greatest ? `${humanize(greatest.column)} ${format.number(greatest.effect, 'significant')}` : NONE}</td>
    </tr>
  );
}
