/** A fault of this client itself: said plainly, with a way on. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { PageHead } from '../components/page-head.tsx';

export default function PageFault({ reset }: { readonly reset: () => void }) {
  const t = useTranslations('state');
  return (
    <>
      <PageHead lead={t('fault.text')} title={t('fault.title')} />
      <Button onClick={reset}>{t('fault.again')}</Button>
    </>
  );
}
