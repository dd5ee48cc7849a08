/** The confusion matrix: a table whose cells are the stronger, the more of a true class they hold. Its figures say the same without colour. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { Panel } from '../../components/panel.tsx';
import { type ConfusionCell, confusionCells } from './confusion.ts';
import css from './confusion-matrix.module.css';

export interface ConfusionProps {
  readonly classes: readonly string[];
  /** `[true class][predicted class]`; empty when it was not measured. */
  readonly matrix: readonly (readonly number[])[];
}

export function Confusion({ classes, matrix }: ConfusionProps) {
  const t = useTranslations('model');
  return (
    <Panel title={t('confusion.title')}>
      {matrix.length === 0 ? <p className={css.none}>{t('confusion.none')}</p> : <Matrix classes={classes} matrix={matrix} />}
    </Panel>
  );
}

function Matrix({ classes, matrix }: ConfusionProps) {
  const t = useTranslations('model');
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, whose look is its own; no section, which would be one more landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div aria-label={t('confusion.table')} className={css.scroller} role="group" tabIndex={0}>
      <table className={css.matrix} style={{ '--classes': classes.length } as CSSProperties}>
        <caption>{t('confusion.caption')}</caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col">
                <span className={css.axis}>{t('confusion.predicted')}</span> {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusionCells(matrix).map((cells, trueClass) => (
            <tr key={classes[trueClass]}>
              <th scope="row">
                <span className={css.axis}>{t('confusion.actual')}</span> {classes[trueClass]}
              </th>
              {cells.map((cell, predicted) => (
                <Cell cell={cell} key={classes[predicted]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell: { count, share, isCorrect } }: { readonly cell: ConfusionCell }) {
  const t = useTranslations('model');
  const format = useFormatter();
  return (
    <td className={`${css.cell} tabular`} data-correct={isCorrect} style={{ '--share': share } as CSSProperties}>
      <span className={css.share}>{format.number(share, 'percent')}</span>
      <span className={css.count}>{t('confusion.count', { count })}</span>
    </td>
  );
}
