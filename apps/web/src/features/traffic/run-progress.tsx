/** How much has been asked, of how much at most, and whether more is asked now. */
'use client';
import { useTranslations } from 'next-intl';
import { MAX_REQUESTS, type Run } from './run.ts';
import css from './traffic.module.css';

export function RunProgress({ run: { running, sent, rate, ticks } }: { readonly run: Run }) {
  const t = useTranslations('traffic');
  const held = ticks.reduce((sum, tick) => sum + tick.held, 0);
  const state = running ? 'running' : stoppedState(sent);
  return (
    <div className={css.progress}>
      <p className={css.state} data-running={running} role="status">
        {t(`state.${state}`, { rate })}
      </p>
      <p className="tabular">{t('sent', { sent, bound: MAX_REQUESTS })}</p>
      {held > 0 && <p className="tabular">{t('held', { held })}</p>}
    </div>
  );
}

function stoppedState(sent: number): 'idle' | 'paused' | 'full' {
  if (sent === 0) return 'idle';
  return sent < MAX_REQUESTS ? 'paused' : 'full';
}
