/** What went wrong with the last question, in the reader's language, and what to do. */
'use client';
import { useTranslations } from 'next-intl';
import { Notice } from '../../components/api-state.tsx';
import type { ApiProblem } from '../../lib/api/client.ts';
import { explainedProblem } from './chat-problems.ts';

export function ChatNotice({ problem }: { readonly problem: ApiProblem }) {
  const t = useTranslations('chat');
  const code = explainedProblem(problem);
  return (
    <Notice text={t(`problems.${code}.text`)} title={t(`problems.${code}.title`)}>
      {code === 'OTHER' && <p>{problem.message}</p>}
    </Notice>
  );
}
