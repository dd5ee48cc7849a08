/** The versions of the registry, newest first, a page at a time. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiState } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import type { ModelsAnswer } from '../../lib/api/types.ts';
import type { WantedChange } from './change-dialog.tsx';
import { useOlderModels } from './use-models.ts';
import { VersionItem } from './version-item.tsx';
import css from './versions-panel.module.css';

interface VersionsProps {
  readonly answer: ModelsAnswer;
  readonly onAsk: ((wanted: WantedChange) => void) | undefined;
}

export function VersionsPanel({ answer, onAsk }: VersionsProps) {
  const t = useTranslations('models');
  const { total } = answer;
  return (
    <Panel aside={<span className={css.count}>{t('versions.count', { total })}</span>} title={t('versions.title')}>
      {total === 0 ? <p className={css.none}>{t('versions.none')}</p> : <Versions answer={answer} onAsk={onAsk} />}
    </Panel>
  );
}

function Versions({ answer, onAsk }: VersionsProps) {
  const t = useTranslations('models');
  const [before, setBefore] = useState<string>();
  const { versions, next_before: next } = answer;
  return (
    <>
      <ul className={css.list}>
        {versions.map((version) => (
          <VersionItem key={version.name} onAsk={onAsk} version={version} />
        ))}
      </ul>
      {before === undefined && next !== null && (
        <Button className={css.older} onClick={() => setBefore(next)} variant="default">
          {t('versions.older')}
        </Button>
      )}
      {before !== undefined && <OlderVersions before={before} onAsk={onAsk} />}
    </>
  );
}

function OlderVersions({ before, onAsk }: Pick<VersionsProps, 'onAsk'> & { readonly before: string }) {
  return <ApiState of={useOlderModels(before)}>{(answer) => <Versions answer={answer} onAsk={onAsk} />}</ApiState>;
}
