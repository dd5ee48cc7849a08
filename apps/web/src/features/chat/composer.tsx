/** Where a question is typed: Enter sends it, Shift and Enter begin a new line. */
'use client';
import { Button, Textarea } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import css from './chat.module.css';

/** What the agent takes of one question, in characters. */
const MAX_QUESTION = 4000;

export interface ComposerProps {
  readonly isBusy: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

export function Composer({ isBusy, onAsk, onStop }: ComposerProps) {
  const t = useTranslations('chat');
  const [question, setQuestion] = useState('');

  function send(event: FormEvent): void {
    event.preventDefault();
    if (isBusy || question.trim() === '') return;
    onAsk(question.trim());
    setQuestion('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter also ends the composing of a character, as of Japanese.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  }

  return (
    <form className={css.composer} onSubmit={send}>
      <Textarea
        aria-label={t('question')}
        autosize
        className={css.question}
        maxLength={MAX_QUESTION}
        maxRows={6}
        minRows={1}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={t('placeholder')}
        value={question}
      />
      {isBusy ? (
        <Button onClick={onStop} type="button" variant="default">
          {t('stop')}
        </Button>
      ) : (
        <Button disabled={question.trim() === ''} type="submit">
          {t('send')}
        </Button>
      )}
    </form>
  );
}
