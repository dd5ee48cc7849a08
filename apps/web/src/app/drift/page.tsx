import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Drift } from '../../features/drift/drift.tsx';
import { driftPath, readSpan } from '../../features/drift/span.ts';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { loadInitialData } from '../../lib/server/initial-data.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('drift'))('title') };
}

interface DriftPageProps {
  readonly searchParams: Promise<{ readonly last?: string | string[] }>;
}

export default async function DriftPage({ searchParams }: DriftPageProps) {
  const t = await getTranslations('drift');
  const span = readSpan([(await searchParams).last].flat()[0]);
  return (
    <PageTexts namespaces={['drift', 'log']}>
      <InitialAnswers answers={await loadInitialData(driftPath(span), '/api/model')}>
        <PageHead lead={t('lead')} title={t('title')} />
        <Drift />
      </InitialAnswers>
    </PageTexts>
  );
}
