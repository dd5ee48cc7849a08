/** Score a whole file. */
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { BatchPanel } from '../../features/batch/batch-panel.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { loadInitialData } from '../../lib/server/initial-data.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('batch'))('title') };
}

export default async function BatchPage() {
  const t = await getTranslations('batch');
  return (
    <PageTexts namespaces={['batch']}>
      <InitialAnswers answers={await loadInitialData('/api/model')}>
        <PageHead lead={t('lead')} title={t('title')} />
        <BatchPanel />
      </InitialAnswers>
    </PageTexts>
  );
}
