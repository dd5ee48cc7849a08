import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Models } from '../../features/models/models.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';
import type { InfoAnswer } from '../../lib/api/types.ts';
import { loadInitialData } from '../../lib/server/initial-data.ts';

/** The API's first page: what it is. */
const INFO = '/api/';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('models'))('title') };
}

export default async function ModelsPage() {
  const t = await getTranslations('models');
  const { [INFO]: info, ...answers } = await loadInitialData('/api/models', INFO);
  // Where it is known that there is none, nothing is asked of it: each refusal would be an error in the browser's console.
  const hasLog = (info as InfoAnswer | undefined)?.prediction_log !== 'off';
  return (
    <PageTexts namespaces={['models', 'drift']}>
      <InitialAnswers answers={answers}>
        <PageHead lead={t('lead')} title={t('title')} />
        <Models hasLog={hasLog} />
      </InitialAnswers>
    </PageTexts>
  );
}
