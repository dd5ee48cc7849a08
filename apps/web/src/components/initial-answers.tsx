/** Hands a page's components the answers that the server asked for while it rendered. */
'use client';
import type { ReactNode } from 'react';
import { SWRConfig } from 'swr';

export interface InitialAnswersProps {
  /** Answers by the path at which the browser would ask for them. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly children: ReactNode;
}

/** Used by a page's server component: `<InitialAnswers answers={await loadInitialData('/api/model')}>`. */
export function InitialAnswers({ answers, children }: InitialAnswersProps) {
  // SWR merges it with the answers of the layout.
  return <SWRConfig value={{ fallback: answers }}>{children}</SWRConfig>;
}
