/** The start page: predict. */
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../components/initial-answers.tsx';
import { PageHead } from '../components/page-head.tsx';
import { PredictPanel } from '../features/predict/predict-panel.tsx';
import { PageTexts } from '../i18n/page-texts.tsx';
import { loadInitialData } from '../lib/server/initial-data.ts';

export default async function PredictPage() {
  const t = await getTranslations('predict');
  return (
    <PageTexts namespaces={['predict']}>
      <InitialAnswers answers={await loadInitialData('/api/model', '/api/samples')}>
        <PageHead lead={t('lead')} title={t('title')} />
        <PredictPanel />
      </InitialAnswers>
    </PageTexts>
  );
}
