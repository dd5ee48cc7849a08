import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../components/page-head.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('history'))('title') };
}

export default async function HistoryPage() {
  const t = await getTranslations('history');
  return (
    <PageTexts namespaces={['history']}>
      <PageHead lead={t('lead')} title={t('title')} />
    </PageTexts>
  );
}
