/** Why the model answers so: asked for by a press, then it follows the sample. */
'use client';
import { Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Panel } from '../../../components/panel.tsx';
import type { DatasetSchema, Instance } from '../../../lib/api/types.ts';
import css from './why-panel.module.css';

/** It brings a table and Observable Plot: for those who ask. */
const WhyAnswer = dynamic(() => import('./why-answer.tsx').then((module) => module.WhyAnswer), { ssr: false });

export interface WhyPanelProps {
  readonly schema: DatasetSchema;
  /** The sample that is answered; undefined while there is no answer to it. */
  readonly instance: Instance | undefined;
  /** Of the model in service. */
  readonly checksum: string | undefined;
}

export function WhyPanel(props: WhyPanelProps) {
  const t = useTranslations('predict.why');
  const [asked, setAsked] = useState(false);
  const button = (
    <Button onClick={() => setAsked(true)} size="compact-sm" variant="default">
      {t('explain')}
    </Button>
  );
  return (
    <Panel aside={asked ? undefined : button} title={t('title')}>
      {asked ? <WhyAnswer {...props} /> : <p className={css.hint}>{t('hint')}</p>}
    </Panel>
  );
}
