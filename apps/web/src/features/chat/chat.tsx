/** A conversation with the agent: what was said, what it does now, and where to ask. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import css from './chat.module.css';
import { ChatNotice } from './chat-notice.tsx';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { Suggestions } from './suggestions.tsx';
import { useConversation } from './use-conversation.ts';
import { useFollow } from './use-follow.ts';

export function Chat() {
  const t = useTranslations('chat');
  const { messages, phase, problem, ask, answer, stop, again, restart } = useConversation();
  const end = useFollow(messages);
  const isBusy = phase !== 'ready';
  const conversation = useRef<HTMLDivElement>(null);

  /** What is pressed goes away, and the focus with it: who moves by the keyboard goes on from the conversation. */
  function then<A extends readonly unknown[]>(act: (...given: A) => void) {
    return (...given: A): void => {
      act(...given);
      conversation.current?.focus({ preventScroll: true });
    };
  }

  return (
    <div className={css.chat}>
      <div
        aria-busy={isBusy}
        aria-label={t('conversation')}
        className={css.conversation}
        ref={conversation}
        role="log"
        tabIndex={-1}
      >
        {messages.length > 0 && (
          <ol className={css.messages}>
            {messages.map((message, index) => (
              <Message
                isComing={isBusy && index === messages.length - 1}
                isLast={index === messages.length - 1}
                key={message.id}
                message={message}
                onAnswer={then(answer)}
              />
            ))}
          </ol>
        )}
        {phase === 'waiting' && <Thinking />}
      </div>
      {problem && <ChatNotice problem={problem} />}
      {!isBusy && messages.length > 0 && (
        <div className={css.actions}>
          <Button onClick={then(again)} size="compact-sm" variant="default">
            {t('again')}
          </Button>
          <Button onClick={then(restart)} size="compact-sm" variant="default">
            {t('restart')}
          </Button>
        </div>
      )}
      {!isBusy && <Suggestions isFirst={messages.length === 0} onAsk={then(ask)} />}
      <div className={css.end} ref={end} />
      <Composer isBusy={isBusy} onAsk={ask} onStop={then(stop)} />
    </div>
  );
}

function Thinking() {
  const t = useTranslations('chat');
  return (
    <p className={css.hint} role="status">
      {t('thinking')} <span className={css.late}>{t('slow')}</span>
    </p>
  );
}
