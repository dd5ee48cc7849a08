/** What to be wary of in an answer. */
'use client';
import { useTranslations } from 'next-intl';
import type { DatasetSchema, Instance } from '../../lib/api/types.ts';
import { useFeatureLabel } from './use-feature-label.ts';
import css from './warning-list.module.css';
import { warningsOf } from './warnings.ts';

export interface WarningListProps {
  readonly schema: DatasetSchema;
  readonly instance: Instance;
  /** The API's own. */
  readonly warnings: readonly string[] | undefined;
}

/** Nothing where there is nothing to be wary of. */
export function WarningList({ schema, instance, warnings }: WarningListProps) {
  const t = useTranslations('predict');
  const labelOf = useFeatureLabel();
  const { extrapolations, others } = warningsOf(schema, instance, warnings);
  if (extrapolations.length + others.length === 0) return null;
  return (
    <div className={css.warnings}>
      <p className={css.title}>{t('warnings')}</p>
      <ul className={css.list}>
        {extrapolations.map(({ feature, value }) => (
          <li key={feature.name}>{t('extrapolation', { feature: labelOf(feature), value, ...feature.observed })}</li>
        ))}
        {others.map((sentence) => (
          <li key={sentence} lang="en">
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
