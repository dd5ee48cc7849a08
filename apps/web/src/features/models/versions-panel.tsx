/** The versions of the registry, newest first, a page at a time. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiState } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import type { ModelsAnswer } from '../../lib/api/registry-types.ts';
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
      {total === 0 ? (
        <p className={css.none}>{t('versions.none')}</p>
      ) : (
        <Versions answer={answer} current={answer.current} onAsk={onAsk} />
      )}
    </Panel>
  );
}

interface PageProps extends VersionsProps {
  /** What is in service by now: a page of older versions may have been asked for before. */
  readonly current: string | null;
}

function Versions({ answer, current, onAsk }: PageProps) {
  const t = useTranslations('models');
  const [isOpen, setOpen] = useState(false);
  const { versions, next_before: next } = answer;
  return (
    <>
      <ul className={css.list}>
        {versions.map((version) => (
          <VersionItem key={version.name} onAsk={onAsk} version={{ ...version, is_current: version.name === current }} />
        ))}
      </ul>
      {!isOpen && next !== null && (
        <Button className={css.older} onClick={() => setOpen(true)} variant="default">
          {t('versions.older')}
        </Button>
      )}
      {isOpen && next !== null && <OlderVersions before={next} current={current} onAsk={onAsk} />}
    </>
  );
}

interface OlderProps extends Omit<PageProps, 'answer'> {
  /** The last version of the page above, which another one becomes when a version is added. */
  readonly before: string;
}

function OlderVersions({ before, ...page }: OlderProps) {
  return <ApiState of={useOlderModels(before)}>{(answer) => <Versions answer={answer} {...page} />}</ApiState>;
}
