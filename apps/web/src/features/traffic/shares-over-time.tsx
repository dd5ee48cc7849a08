/** The chart as a table: the newest columns first. */
'use client';
import { useLocale, useTranslations } from 'next-intl';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { Band, VersionName } from './series.ts';
import css from './traffic.module.css';
import { useVersionName } from './use-version-name.ts';

/** Rows shown: the whole is in the download. */
const ROWS = 12;

export interface SharesOverTimeProps {
  readonly bands: readonly Band[];
  readonly versions: readonly VersionName[];
}

export function SharesOverTime({ bands, versions }: SharesOverTimeProps) {
  const t = useTranslations('traffic');
  const time = new Intl.DateTimeFormat(useLocale(), { timeStyle: 'medium' });
  const nameOf = useVersionName();
  const columns = [...Map.groupBy(bands, ({ from }) => from)].slice(-ROWS).reverse();
  const series = [...versions.keys(), -1];
  return (
    <details className={css.details}>
      <summary>{t('asTable')}</summary>
      <ScrollTable label={t('asTable')}>
        <thead>
          <tr>
            <th scope="col">{t('columns.time')}</th>
            {versions.map((version) => (
              <th key={nameOf(version)} scope="col">
                {nameOf(version)}
              </th>
            ))}
            <th scope="col">{t('noAnswer')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(([from, own]) => (
            <tr key={from}>
              <th scope="row">{time.format(from)}</th>
              {series.map((index) => (
                <td key={index}>{t('share', { share: shareOf(own.find((band) => band.series === index)) })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}

function shareOf(band: Band | undefined): number {
  return band ? band.high - band.low : 0;
}
