/** Where a file is dropped or chosen, which columns it needs, and an example to start from. */
'use client';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { useSamples } from '../../lib/api/hooks.ts';
import type { DatasetSchema, ReferenceSamples } from '../../lib/api/types.ts';
import { download } from '../../lib/download.ts';
import css from './batch.module.css';

const DropPlace = dynamic(() => import('./drop-place.tsx').then((module) => module.DropPlace), {
  ssr: false,
  loading: () => <div className={css.dropPlace} />,
});

export interface FilePickerProps {
  readonly schema: DatasetSchema;
  readonly onChoose: (files: readonly File[]) => void;
}

/** Not drawn again while progress is reported. */
export const FilePicker = memo(function FilePicker({ schema, onChoose }: FilePickerProps) {
  const t = useTranslations('batch');
  const { data: samples } = useSamples();
  return (
    <div className={css.picker}>
      <DropPlace onChoose={onChoose} />
      <div className={css.needs}>
        <p>
          {t('columnsNeeded')}{' '}
          {schema.features.map(({ name }, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <code>{name}</code>
            </span>
          ))}
        </p>
        {samples && (
          <Button
            leftSection={<IconDownload aria-hidden="true" size={16} />}
            onClick={() => void downloadExample(schema, samples)}
            size="compact-sm"
            variant="subtle"
          >
            {t('example')}
          </Button>
        )}
      </div>
    </div>
  );
});

async function downloadExample({ name }: DatasetSchema, { features, samples }: ReferenceSamples): Promise<void> {
  const { writeCsv } = await import('../../lib/csv/write-csv.ts');
  download(new Blob([writeCsv([features, ...samples])], { type: 'text/csv' }), `${name}.csv`);
}
