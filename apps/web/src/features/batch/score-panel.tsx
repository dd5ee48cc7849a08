/** Scoring: whether predictions are kept, the progress, what came out, and the scored file. */
'use client';
import { Button, Checkbox, Progress } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { ProblemNotice } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { AnswerCounts } from './answer-counts.tsx';
import css from './batch.module.css';
import type { Scoring } from './batch-state.ts';
import type { FileSummary } from './summary.ts';
import { type Batch, useRetry } from './use-batch.ts';

const PERCENT = 100;

export interface ScorePanelProps {
  readonly batch: Pick<Batch, 'score' | 'cancel' | 'save'>;
  readonly summary: FileSummary;
  readonly scoring: Scoring;
  readonly logged: boolean;
  readonly onLogged: (logged: boolean) => void;
}

export function ScorePanel({ batch, summary, scoring, logged, onLogged }: ScorePanelProps) {
  const t = useTranslations('batch');
  const { state, done, problem, answers } = scoring;
  const { valid } = summary;
  useRetry(state === 'waiting', () => batch.score(logged));
  return (
    <Panel title={t('scoring')}>
      <div className={css.scoring}>
        <Checkbox
          checked={logged}
          description={logged ? t('kept', { valid }) : t('notKept')}
          disabled={state !== 'idle'}
          label={t('keep')}
          onChange={(event) => onLogged(event.currentTarget.checked)}
        />
        <Actions batch={batch} logged={logged} scoring={scoring} valid={valid} />
        {problem && <ProblemNotice problem={problem} recovers={state !== 'stopped'} />}
        {problem && logged && <p className={css.hint}>{t('maybeTwice')}</p>}
        {state !== 'idle' && (
          <div>
            <Progress aria-label={t('scoring')} size="lg" value={(done / valid) * PERCENT} />
            <p className={css.progressText} role="status">
              {t(`states.${state}`, { done, valid })}
            </p>
          </div>
        )}
        {answers && state !== 'running' && <AnswerCounts answers={answers} />}
      </div>
    </Panel>
  );
}

interface ActionsProps extends Pick<ScorePanelProps, 'batch' | 'logged' | 'scoring'> {
  readonly valid: number;
}

function Actions({ batch, logged, scoring: { state, done }, valid }: ActionsProps) {
  const t = useTranslations('batch');
  const busy = state === 'running' || state === 'waiting';
  return (
    <div className={css.actions}>
      {state === 'idle' && (
        <Button disabled={valid === 0} onClick={() => batch.score(logged)}>
          {t('score', { valid })}
        </Button>
      )}
      {busy && (
        <Button onClick={batch.cancel} variant="default">
          {t('cancel')}
        </Button>
      )}
      {(state === 'cancelled' || state === 'stopped') && <Button onClick={() => batch.score(logged)}>{t('goOn')}</Button>}
      {!busy && done > 0 && (
        <Button
          leftSection={<IconDownload aria-hidden="true" size={16} />}
          onClick={() => batch.save(logged)}
          variant={state === 'done' ? 'filled' : 'default'}
        >
          {t('download')}
        </Button>
      )}
    </div>
  );
}
