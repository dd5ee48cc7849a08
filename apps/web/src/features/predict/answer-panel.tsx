/** What stands where the answer is: the answer, the one before it on its way out, or why there is none. */
'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { ProblemNotice } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import type { DatasetSchema } from '../../lib/api/types.ts';
import css from './answer-panel.module.css';
import type { PredictionState } from './live-prediction.ts';

/** There is no answer before the browser has asked: what shows it comes while it does. */
const Answer = dynamic(() => import('./answer.tsx').then((module) => module.Answer), { ssr: false });

export interface AnswerPanelProps {
  readonly schema: DatasetSchema;
  readonly state: PredictionState;
}

export function AnswerPanel({ schema, state: { phase, answer, problem } }: AnswerPanelProps) {
  const t = useTranslations('predict');
  const isWaiting = phase === 'waiting' || phase === 'keeping';
  return (
    <Panel title={t('answer')}>
      <div className={css.panel}>
        {phase === 'failed' && problem && <ProblemNotice problem={problem} recovers={problem.code !== 'VALIDATION_FAILED'} />}
        {phase === 'idle' && <p className={css.hint}>{t('incomplete')}</p>}
        <div aria-busy={isWaiting} className={css.place}>
          {answer && (
            <div className={isWaiting ? css.leaving : undefined}>
              <Answer answered={answer} isCurrent={!isWaiting} schema={schema} />
            </div>
          )}
          {isWaiting && <p className={answer ? css.late : css.hint}>{t('waiting')}</p>}
        </div>
      </div>
    </Panel>
  );
}
