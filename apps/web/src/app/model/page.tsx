import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../components/page-head.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('model'))('title') };
}

export default async function ModelPage() {
  const t = await getTranslations('model');
  return (
    <PageTexts namespaces={['model']}>
      <PageHead lead={t('lead')} title={t('title')} />
    </PageTexts>
  );
}
