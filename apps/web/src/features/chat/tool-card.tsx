/** A tool call as a card: its name and how it went; opened, what went in and what came out. */
'use client';
import { IconChevronRight, IconTool } from '@tabler/icons-react';
import type { DynamicToolUIPart } from 'ai';
import { useTranslations } from 'next-intl';
import { type AnswerApproval, Approval } from './approval.tsx';
import { format, toolOutput, toolState } from './tool-call.ts';
import css from './tool-card.module.css';

export interface ToolCardProps {
  readonly part: DynamicToolUIPart;
  /** Whether more of its message may come. */
  readonly isComing: boolean;
  /** Whether its message is the last one. */
  readonly isLast: boolean;
  readonly onAnswer: AnswerApproval;
}

export function ToolCard({ part, isComing, isLast, onAnswer }: ToolCardProps) {
  const t = useTranslations('chat.tool');
  const state = toolState(part, isComing, isLast);
  const output = toolOutput(part);
  const tool = part.toolName;
  return (
    // What is asked about must be seen.
    <details className={css.card} data-state={state} open={state === 'asks' ? true : undefined}>
      <summary className={css.head}>
        <IconTool aria-hidden="true" size={16} stroke={1.75} />
        <code>{tool}</code>
        <span className={css.state}>{t(`states.${state}`)}</span>
        <IconChevronRight aria-hidden="true" className={css.chevron} size={16} />
      </summary>
      <Content label={t('inputOf', { tool })} text={format(part.input)} title={t('input')} />
      {output !== undefined && <Content label={t('outputOf', { tool })} text={output} title={t('output')} />}
      {state === 'asks' && part.approval && <Approval id={part.approval.id} onAnswer={onAnswer} tool={tool} />}
    </details>
  );
}

interface ContentProps {
  readonly title: string;
  readonly label: string;
  readonly text: string;
}

function Content({ title, label, text }: ContentProps) {
  return (
    <div className={css.content}>
      <p className={css.title}>{title}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: no fieldset, whose look is its own */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
      <pre aria-label={label} className={css.text} role="group" tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}
