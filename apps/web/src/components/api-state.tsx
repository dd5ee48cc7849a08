/** What a page shows while the API is away, slow, refusing or leaving: a clear text, beside what is already there. */
'use client';
import { Loader } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../lib/api/client.ts';
import type { Loaded } from '../lib/api/hooks.ts';
import css from './api-state.module.css';
import { explainedCode } from './explained-code.ts';

export interface ApiStateProps<T> {
  /** What a hook of `lib/api/hooks.ts` returned. */
  readonly of: Loaded<T>;
  readonly children: (data: T) => ReactNode;
}

/** Shows `children` once there is data, and keeps showing them, with a notice above, when a later request fails. */
export function ApiState<T>({ of: { data, error }, children }: ApiStateProps<T>) {
  return (
    <>
      {error && <ProblemNotice problem={error} recovers />}
      {data !== undefined && children(data)}
      {data === undefined && !error && <Waiting />}
    </>
  );
}

export interface ProblemNoticeProps {
  readonly problem: ApiProblem;
  /** Whether it is tried again by itself, which the notice then says. */
  readonly recovers?: boolean;
}

/** Explains a problem in the reader's language; of one that has no text of ours, the API's own detail is shown. */
export function ProblemNotice({ problem, recovers = false }: ProblemNoticeProps) {
  const t = useTranslations('state');
  const code = explainedCode(problem.code);
  return (
    <Notice text={t(`problems.${code}.text`)} title={t(`problems.${code}.title`)}>
      {code === 'OTHER' && <p className={css.text}>{problem.message}</p>}
      {code === 'LOGIN_REQUIRED' && (
        <a href="/login" rel="noreferrer" target="_blank">
          {t('login')}
        </a>
      )}
      {recovers && <p className={css.text}>{t('recovers')}</p>}
    </Notice>
  );
}

export interface NoticeProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** Tells at once that something is wrong, in a sentence. */
export function Notice({ title, text, children }: NoticeProps) {
  return (
    <div className={css.notice} role="alert">
      <p className={css.title}>{title}</p>
      <p className={css.text}>{text}</p>
      {children}
    </div>
  );
}

function Waiting() {
  const t = useTranslations('state');
  return (
    <p className={css.waiting} role="status">
      <Loader aria-hidden="true" size="sm" />
      {t('loading')}
    </p>
  );
}
