/** One message: what was said, and the tools that were called for it, in their order. */
'use client';
import { VisuallyHidden } from '@mantine/core';
import type { UIMessage } from 'ai';
import { useTranslations } from 'next-intl';
import type { AnswerApproval } from './approval.tsx';
import css from './chat.module.css';
import { ToolCard } from './tool-card.tsx';

export interface MessageProps {
  readonly message: UIMessage;
  /** Whether more of it may come. */
  readonly isComing: boolean;
  /** Whether it is the last one. */
  readonly isLast: boolean;
  readonly onAnswer: AnswerApproval;
}

export function Message({ message: { role, parts }, isComing, isLast, onAnswer }: MessageProps) {
  const t = useTranslations('chat');
  return (
    <li className={css.message} data-role={role}>
      <VisuallyHidden>{role === 'user' ? t('you') : t('agent')}</VisuallyHidden>
      {parts.map((part, index) => {
        if (part.type === 'dynamic-tool')
          return <ToolCard isComing={isComing} isLast={isLast} key={part.toolCallId} onAnswer={onAnswer} part={part} />;
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place, and are only added to
        return part.type === 'text' && part.text !== '' ? <Text key={index} text={part.text} /> : undefined;
      })}
    </li>
  );
}

/** Plain text: what an agent says is not ours, and no page of ours is made of it. */
function Text({ text }: { readonly text: string }) {
  return <p className={css.text}>{text}</p>;
}
