/** The totals in numbers: by version, by instance, and what failed. */
'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { FailureKind } from '../../lib/api/traffic.ts';
import { countOf, type Tick } from './run.ts';
import { failureTotals, instanceTotals, type VersionTotal } from './series.ts';
import { SeriesSwatch } from './series-marks.tsx';
import css from './traffic.module.css';
import { useVersionName } from './use-version-name.ts';

export function VersionTable({ totals }: { readonly totals: readonly VersionTotal[] }) {
  const t = useTranslations('traffic');
  const nameOf = useVersionName();
  if (totals.length === 0) return <p className={css.hint}>{t('noAnswers')}</p>;
  return (
    <ScrollTable label={t('byVersion')}>
      <thead>
        <tr>
          <th scope="col">{t('columns.version')}</th>
          <th scope="col">{t('columns.answers')}</th>
          <th scope="col">{t('columns.share')}</th>
          <th scope="col">{t('columns.interval')}</th>
          <th scope="col">{t('columns.recent')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ count, share, low, high, recent, ...name }, index) => (
          <tr key={nameOf(name)}>
            <th scope="row">
              <span className={css.name}>
                <SeriesSwatch series={index} />
                {nameOf(name)}
              </span>
            </th>
            <td>{t('count', { count })}</td>
            <td>{t('share', { share })}</td>
            <td>{t('interval', { low, high })}</td>
            <td>{recent === undefined ? '—' : t('share', { share: recent })}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

export function InstanceTable({ ticks }: { readonly ticks: readonly Tick[] }) {
  const t = useTranslations('traffic');
  const nameOf = useVersionName();
  const totals = useMemo(() => instanceTotals(ticks), [ticks]);
  if (totals.length === 0) return <p className={css.hint}>{t('noAnswers')}</p>;
  return (
    <ScrollTable label={t('byInstance')}>
      <thead>
        <tr>
          <th scope="col">{t('columns.instance')}</th>
          <th data-words scope="col">
            {t('columns.version')}
          </th>
          <th scope="col">{t('columns.answers')}</th>
          <th scope="col">{t('columns.share')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ instance, versions, count, share }) => (
          <tr key={instance}>
            <th scope="row">{instance}</th>
            <td data-words>{versions.map(nameOf).join(', ')}</td>
            <td>{t('count', { count })}</td>
            <td>{t('share', { share })}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

export function FailureTable({ ticks }: { readonly ticks: readonly Tick[] }) {
  const t = useTranslations('traffic');
  const nameOf = useFailureName();
  const totals = useMemo(() => failureTotals(ticks), [ticks]);
  if (totals.length === 0) return <p className={css.hint}>{t('noFailures')}</p>;
  return (
    <ScrollTable label={t('failed')}>
      <thead>
        <tr>
          <th scope="col">{t('columns.kind')}</th>
          <th scope="col">{t('columns.requests')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ kind, count }) => (
          <tr key={kind}>
            <th scope="row">{nameOf(kind)}</th>
            <td>{t('count', { count })}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('columns.all')}</th>
          <td>{t('count', { count: countOf(totals) })}</td>
        </tr>
      </tfoot>
    </ScrollTable>
  );
}

function useFailureName(): (kind: FailureKind) => string {
  const t = useTranslations('traffic');
  return (kind) => (isStatus(kind) ? t('status', { kind }) : t(`kinds.${kind}`));
}

function isStatus(kind: FailureKind): kind is `HTTP ${number}` {
  return kind.startsWith('HTTP ');
}
