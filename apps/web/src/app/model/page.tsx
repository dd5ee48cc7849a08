import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ModelCard } from '../../features/model/model-card.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { loadInitialData } from '../../lib/server/initial-data.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('model'))('title') };
}

export default async function ModelPage() {
  const t = await getTranslations('model');
  return (
    <PageTexts namespaces={['model']}>
      <InitialAnswers answers={await loadInitialData('/api/model', '/api/samples')}>
        <PageHead lead={t('lead')} title={t('title')} />
        <ModelCard />
      </InitialAnswers>
    </PageTexts>
  );
}
