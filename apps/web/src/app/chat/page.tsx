import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InitialAnswers } from '../../components/initial-answers.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ChatPanel } from '../../features/chat/chat-panel.tsx';
import { NoAgent } from '../../features/chat/no-agent.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { agent } from '../../lib/server/agent.ts';
import { loadInitialData } from '../../lib/server/initial-data.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('chat'))('title') };
}

export default async function ChatPage() {
  const t = await getTranslations('chat');
  return (
    <PageTexts namespaces={['chat']}>
      <PageHead lead={t('lead')} title={t('title')} />
      {agent() ? (
        <InitialAnswers answers={await loadInitialData('/api/model', '/api/samples')}>
          <ChatPanel />
        </InitialAnswers>
      ) : (
        <NoAgent />
      )}
    </PageTexts>
  );
}
