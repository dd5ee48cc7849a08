/** Who changed the model in service, newest first. */
'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import type { RegistryChange } from '../../lib/api/registry-types.ts';
import { ChangeLine } from './change-line.tsx';
import css from './history-panel.module.css';

const ACTIONS = ['promote', 'rollback', 'remove'] as const;

export function HistoryPanel({ history }: { readonly history: readonly RegistryChange[] }) {
  const t = useTranslations('models');
  return (
    <Panel title={t('history.title')}>
      {history.length === 0 ? (
        <p className={css.none}>{t('history.none')}</p>
      ) : (
        <ol className={css.timeline}>
          {history.map((change, index) => (
            // Two lines may be alike; their order never changes.
            // biome-ignore lint/suspicious/noArrayIndexKey: counted from the oldest that is shown, a line keeps its key
            <Entry change={change} key={history.length - index} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Entry({ change }: { readonly change: RegistryChange }) {
  const t = useTranslations('models');
  const { action: written, version, previous } = change;
  const action = ACTIONS.find((each) => each === written) ?? 'promote';
  return (
    <li className={css.entry} data-action={action}>
      <p className={css.what}>
        {t(`history.${action === 'promote' && previous === version ? 'keep' : action}`, { version })}
        {action !== 'remove' && previous !== null && previous !== version && (
          <span className={css.previous}>{t('history.previous', { previous })}</span>
        )}
      </p>
      <ChangeLine change={change} />
    </li>
  );
}
