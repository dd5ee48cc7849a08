/** Asks whether a call that writes may be made: nothing is written before the answer. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import css from './tool-card.module.css';

/** Answers what the agent asked under that id. */
export type AnswerApproval = (id: string, approved: boolean) => void;

interface ApprovalProps {
  readonly id: string;
  readonly tool: string;
  readonly onAnswer: AnswerApproval;
}

export function Approval({ id, tool, onAnswer }: ApprovalProps) {
  const t = useTranslations('chat.approval');
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, whose look is its own
    <div aria-label={t('label', { tool })} className={css.approval} role="group">
      <p>{t('question')}</p>
      <Button onClick={() => onAnswer(id, true)} size="compact-sm">
        {t('approve')}
      </Button>
      <Button onClick={() => onAnswer(id, false)} size="compact-sm" variant="default">
        {t('refuse')}
      </Button>
    </div>
  );
}
