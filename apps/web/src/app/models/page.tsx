import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Models } from '../../features/models/models.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { loadInitialData } from '../../lib/server/initial-data.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('models'))('title') };
}

export default async function ModelsPage() {
  const t = await getTranslations('models');
  return (
    <PageTexts namespaces={['models']}>
      <InitialAnswers answers={await loadInitialData('/api/models')}>
        <PageHead lead={t('lead')} title={t('title')} />
        <Models />
      </InitialAnswers>
    </PageTexts>
  );
}
