import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../components/page-head.tsx';
import { TrafficPanel } from '../../features/traffic/traffic-panel.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('traffic'))('title') };
}

export default async function TrafficPage() {
  const t = await getTranslations('traffic');
  return (
    <PageTexts namespaces={['traffic']}>
      <PageHead lead={t('lead')} title={t('title')} />
      <TrafficPanel />
    </PageTexts>
  );
}
