import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../components/page-head.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('batch'))('title') };
}

export default async function BatchPage() {
  const t = await getTranslations('batch');
  return (
    <PageTexts namespaces={['batch']}>
      <PageHead lead={t('lead')} title={t('title')} />
    </PageTexts>
  );
}
