/** What is shown cannot be asked for anew at the moment. Said at the window's edge: above, it would move what somebody reads. */
'use client';
import type { ApiProblem } from '../lib/api/client.ts';
import { ProblemNotice } from './api-state.tsx';
import css from './outdated.module.css';

export function Outdated({ problem }: { readonly problem: ApiProblem }) {
  return (
    <div className={css.outdated}>
      <ProblemNotice problem={problem} recovers />
    </div>
  );
}
