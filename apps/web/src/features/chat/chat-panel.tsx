/** The chat, loaded when its page is there: the protocol's library is larger than the rest of the page. */
'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import css from './chat.module.css';

const Chat = dynamic(() => import('./chat.tsx').then((module) => module.Chat), { ssr: false, loading: () => <Loading /> });

export function ChatPanel() {
  return <Chat />;
}

function Loading() {
  const t = useTranslations('chat');
  return (
    <p className={css.hint} role="status">
      {t('loading')}
    </p>
  );
}
