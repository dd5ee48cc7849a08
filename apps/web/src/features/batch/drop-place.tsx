/** Where a file is dropped, or chosen by pressing it. Load it lazily: it brings the drop zone with it. */
'use client';
import '@mantine/dropzone/styles.css';
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
    <Dropzone
      aria-label={t('drop')}
      className={css.dropPlace}
      inputProps={{ 'aria-label': t('drop') }}
      onDrop={onChoose}
      role="button"
    >
      <div className={css.dropText}>
        <IconFileUpload aria-hidden="true" size={28} stroke={1.5} />
        <span>{t('drop')}</span>
      </div>
    </Dropzone>
  );
}
