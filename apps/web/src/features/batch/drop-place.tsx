/** Where a file is dropped, or chosen by pressing it. Load it lazily: it brings the drop zone with it. */
'use client';
import '@mantine/dropzone/styles.css';
import { Button } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileUpload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import css from './batch.module.css';

export interface DropPlaceProps {
  readonly onChoose: (files: readonly File[]) => void;
}

/** It takes any file: what a file is called, and what the system takes it for, says little about what is in it. */
export function DropPlace({ onChoose }: DropPlaceProps) {
  const t = useTranslations('batch');
  return (
    // The button is what the keyboard reaches; its click goes on to the zone, which opens the system's dialogue.
    <Dropzone activateOnKeyboard={false} className={css.dropPlace} inputProps={{ 'aria-hidden': true }} onDrop={onChoose}>
      <div className={css.dropText}>
        <Button leftSection={<IconFileUpload aria-hidden="true" size={18} />} variant="default">
          {t('choose')}
        </Button>
        <span>{t('drop')}</span>
      </div>
    </Dropzone>
  );
}
