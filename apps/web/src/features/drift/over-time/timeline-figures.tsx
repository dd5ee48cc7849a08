/** The pictures over time, in the page. Load them lazily: they bring Observable Plot. */
'use client';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { PlotFigure } from '../../../components/plot-figure.tsx';
import css from '../drift.module.css';
import { ACCURACY_HEIGHT, DRIFT_HEIGHT, drawAccuracy, drawDrift, type TimelineDrawing } from './draw-timeline.ts';
import { type Piece, type VersionChange, versionChanges } from './pieces.ts';

const DAY_MS = 86_400_000;

export interface TimelineFiguresProps {
  readonly pieces: readonly Piece[];
}

export function TimelineFigures({ pieces }: TimelineFiguresProps) {
  const t = useTranslations('drift');
  const drawings = useDrawings(pieces);
  const judged = pieces.filter(({ accuracy }) => accuracy !== null);
  const drifting = pieces.filter(({ drifting }) => drifting !== null && drifting > 0);
  const known = pieces.filter(({ drifting }) => drifting !== null);
  return (
    <>
      <h3 className={css.name}>{t('overTime.accuracy')}</h3>
      {judged.length === 0 ? (
        <p className={css.note}>{t('overTime.noFeedback')}</p>
      ) : (
        <div style={{ minHeight: ACCURACY_HEIGHT }}>
          <PlotFigure
            draw={drawings.accuracy}
            label={t('overTime.accuracyPicture', { pieces: judged.length, changes: drawings.changes.length })}
          />
        </div>
      )}
      <h3 className={css.name}>{t('overTime.drifting')}</h3>
      <div style={{ minHeight: DRIFT_HEIGHT }}>
        <PlotFigure
          draw={drawings.drift}
          label={t('overTime.driftPicture', { pieces: known.length, drifting: drifting.length })}
        />
      </div>
    </>
  );
}

interface Drawings {
  readonly changes: readonly VersionChange[];
  readonly accuracy: (width: number) => Element;
  readonly drift: (width: number) => Element;
}

function useDrawings(pieces: readonly Piece[]): Drawings {
  const t = useTranslations('drift');
  const locale = useLocale();
  const format = useFormatter();
  const changes = versionChanges(pieces);
  const drawingOf = useCallback(
    (width: number): TimelineDrawing => {
      const [first] = pieces;
      const isOfDays = first !== undefined && first.to - first.from >= DAY_MS / 4;
      // The viewer's own time zone, which the server does not know.
      const time = new Intl.DateTimeFormat(locale, isOfDays ? { month: 'short', day: 'numeric' } : { timeStyle: 'short' });
      return {
        pieces,
        changes: versionChanges(pieces),
        width,
        formatTime: (at) => time.format(at),
        formatShare: (share) => format.number(share, 'roundPercent'),
        nameOf: (version) => version ?? t('overTime.unnamed'),
      };
    },
    [pieces, locale, format, t],
  );
  return {
    changes,
    accuracy: useCallback((width: number) => drawAccuracy(drawingOf(width)), [drawingOf]),
    drift: useCallback((width: number) => drawDrift(drawingOf(width)), [drawingOf]),
  };
}
