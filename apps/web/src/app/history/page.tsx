import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { History } from '../../features/history/history.tsx';
import { pagePath, readView } from '../../features/history/log-view.ts';
import { startOf, statsKey, statsPath } from '../../features/history/span.ts';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { loadInitialData } from '../../lib/server/initial-data.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('history'))('title') };
}

interface HistoryPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const t = await getTranslations('history');
  const query = Object.entries(await searchParams).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  const view = readView(new URLSearchParams(query as [string, string][]));
  const counts = statsPath(startOf(view.span, Date.now()));
  const { [counts]: stats, ...answers } = await loadInitialData(pagePath(view), counts, '/api/model');
  return (
    <PageTexts namespaces={['history', 'log']}>
      <InitialAnswers answers={{ ...answers, ...(stats !== undefined && { [statsKey(view.span)]: stats }) }}>
        <PageHead lead={t('lead')} title={t('title')} />
        <History />
      </InitialAnswers>
    </PageTexts>
  );
}
