/** How good each version is in service, and how often each class was predicted. */
'use client';
import dynamic from 'next/dynamic';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Panel } from '../../components/panel.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { PredictionStats } from '../../lib/api/types.ts';
import { accuracyHeight, countsHeight } from './figure-heights.ts';
import type { ClassCount } from './figures.ts';
import { type JudgedVersion, judgedVersions } from './judged-versions.ts';
import css from './log-stats.module.css';

const AccuracyFigure = dynamic(() => import('./count-figures.tsx').then((module) => module.AccuracyFigure), { ssr: false });
const CountsFigure = dynamic(() => import('./count-figures.tsx').then((module) => module.CountsFigure), { ssr: false });

export interface LogStatsProps {
  readonly stats: PredictionStats;
  /** Classes of the model in service. */
  readonly classes: readonly string[];
}

export function LogStats({ stats, classes }: LogStatsProps) {
  const t = useTranslations('history');
  const unnamed = t('stats.unnamed');
  const versions = useMemo(() => judgedVersions(stats.by_version, unnamed), [stats, unnamed]);
  const counts = useMemo(() => countClasses(stats.by_class, classes), [stats, classes]);
  return (
    <div className={css.columns}>
      <Panel title={t('stats.accuracy')}>
        {versions.length === 0 ? <p className={css.note}>{t('stats.noFeedback')}</p> : <Accuracy versions={versions} />}
      </Panel>
      <Panel title={t('stats.classes')}>
        {stats.predictions === 0 ? (
          <p className={css.note}>{t('stats.nothing')}</p>
        ) : (
          <>
            <div style={{ minHeight: countsHeight(counts.length) }}>
              <CountsFigure counts={counts} />
            </div>
            <VersionCounts counts={counts} stats={stats} />
          </>
        )}
      </Panel>
    </div>
  );
}

/** Classes of the model first, in its order, then others by name. */
function countClasses(byClass: Readonly<Record<string, number>>, classes: readonly string[]): readonly ClassCount[] {
  const others = Object.keys(byClass).filter((label) => !classes.includes(label));
  return [...classes, ...others.sort()].map((label) => ({
    label,
    count: byClass[label] ?? 0,
    classIndex: classes.indexOf(label),
  }));
}

function Accuracy({ versions }: { readonly versions: readonly JudgedVersion[] }) {
  const t = useTranslations('history');
  const format = useFormatter();
  const percent = (share: number) => format.number(share, 'percent');
  return (
    <>
      <div style={{ minHeight: accuracyHeight(versions.length) }}>
        <AccuracyFigure versions={versions} />
      </div>
      <Figures
        note={t('stats.intervalNote')}
        head={[t('stats.version'), t('stats.judged'), t('stats.estimate'), t('stats.interval')]}
        rows={versions.map(({ version, judged, estimate, low, high }) => [
          version,
          format.number(judged),
          percent(estimate),
          t('stats.range', { low, high }),
        ])}
      />
    </>
  );
}

function VersionCounts({ counts, stats }: { readonly counts: readonly ClassCount[]; readonly stats: PredictionStats }) {
  const t = useTranslations('history');
  const format = useFormatter();
  return (
    <Figures
      head={[t('stats.version'), ...counts.map(({ label }) => label), t('stats.sum')]}
      rows={stats.by_version.map(({ version, by_class, predictions }) => [
        version ?? t('stats.unnamed'),
        ...counts.map(({ label }) => format.number(by_class[label] ?? 0)),
        format.number(predictions),
      ])}
    />
  );
}

interface FiguresProps {
  /** How to read the picture. */
  readonly note?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The same in figures, for whoever does not see the picture, or wants to know exactly. */
function Figures({ note, head, rows }: FiguresProps) {
  const t = useTranslations('history');
  return (
    <details className={css.figures}>
      <summary>{t('stats.inFigures')}</summary>
      {note !== undefined && <p className={css.note}>{note}</p>}
      <ScrollTable label={t('stats.inFigures')}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={head[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  );
}
