/** One column: its verdict, training against live as a picture and in figures, and how far they are apart. */
'use client';
import dynamic from 'next/dynamic';
import { useFormatter, useTranslations } from 'next-intl';
import { useId, useMemo } from 'react';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { DriftColumn } from '../../lib/api/drift-types.ts';
import { type Bin, binsOf } from './bins.ts';
import css from './drift.module.css';
import { pictureHeight } from './picture-height.ts';
import { useBinName, useColumnName } from './use-names.ts';
import { usePValue } from './use-p-value.ts';
import { VerdictMark } from './verdict-mark.tsx';

const DistributionFigure = dynamic(() => import('./distribution-figure.tsx').then((module) => module.DistributionFigure), {
  ssr: false,
});

export interface ColumnCardProps {
  readonly column: DriftColumn;
  /** Least effect of an alarm. */
  readonly leastEffect: number;
}

export function ColumnCard({ column, leastEffect }: ColumnCardProps) {
  const t = useTranslations('drift');
  const heading = useId();
  const name = useColumnName()(column);
  const bins = useSame(column.distribution);
  return (
    <article aria-labelledby={heading} className={css.card}>
      <div className={css.cardHead}>
        <h3 className={css.name} id={heading}>
          {name}
        </h3>
        <span className={css.badge} data-verdict={column.verdict}>
          <VerdictMark size={16} verdict={column.verdict} />
          {t(`verdicts.${column.verdict === 'too few' ? 'tooFew' : column.verdict}`)}
        </span>
      </div>
      <div style={{ minHeight: pictureHeight(bins) }}>
        <DistributionFigure bins={bins} name={name} />
      </div>
      <Distance column={column} leastEffect={leastEffect} />
      <BinTable bins={bins} name={name} />
    </article>
  );
}

/** The bins of a distribution; the same ones while a new answer says the same, so that no picture is drawn again. */
function useSame(distribution: DriftColumn['distribution']): readonly Bin[] {
  const text = JSON.stringify(distribution ?? { reference: [], current: [] });
  return useMemo(() => binsOf(JSON.parse(text)), [text]);
}

function Distance({ column: { effect, effect_name, p_adjusted, n_current, missing_share }, leastEffect }: ColumnCardProps) {
  const t = useTranslations('drift');
  const format = useFormatter();
  const pValue = usePValue();
  return (
    <p className={css.distance}>
      {effect === null || p_adjusted === null
        ? t('tooFewValues', { values: n_current })
        : t('distance', {
            effect: format.number(effect, 'significant'),
            measure: t(`effects.${effect_name}`),
            bound: leastEffect,
            p: pValue(p_adjusted),
          })}
      {missing_share > 0 && ` ${t('missing', { share: missing_share })}`}
    </p>
  );
}

function BinTable({ bins, name }: { readonly bins: readonly Bin[]; readonly name: string }) {
  const t = useTranslations('drift');
  const format = useFormatter();
  const nameOf = useBinName();
  return (
    <details className={css.details}>
      <summary>{t('inFigures')}</summary>
      <ScrollTable label={t('figuresOf', { name })}>
        <thead>
          <tr>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('training')}</th>
            <th scope="col">{t('live')}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={nameOf(bin)}>
              <th scope="row">{nameOf(bin)}</th>
              <td>{format.number(bin.training, 'percent')}</td>
              <td>{format.number(bin.live, 'percent')}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}
