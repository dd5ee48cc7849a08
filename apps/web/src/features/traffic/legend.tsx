/** Which fill of the chart is which version. */
'use client';
import { useTranslations } from 'next-intl';
import css from '../../components/legend.module.css';
import type { VersionName } from './series.ts';
import { SeriesSwatch } from './series-marks.tsx';
import { useVersionName } from './use-version-name.ts';

export interface LegendProps {
  readonly versions: readonly VersionName[];
  readonly hasFailures: boolean;
}

export function Legend({ versions, hasFailures }: LegendProps) {
  const t = useTranslations('traffic');
  const nameOf = useVersionName();
  return (
    <ul className={css.legend}>
      {versions.map((version, index) => (
        <li key={nameOf(version)}>
          <SeriesSwatch series={index} />
          {nameOf(version)}
        </li>
      ))}
      {hasFailures && (
        <li>
          <SeriesSwatch series={-1} />
          {t('noAnswer')}
        </li>
      )}
    </ul>
  );
}
