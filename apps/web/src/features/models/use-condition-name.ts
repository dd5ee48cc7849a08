/** The gate's conditions in the reader's language; one that has no text of ours is shown as the gate names it. */
'use client';
import { useTranslations } from 'next-intl';

/** Names of `packages/registry/src/gate`. */
const KEYS = {
  'better than always predicting the greatest class': 'greatest',
  'least accuracy': 'leastAccuracy',
  'least recall of each class': 'leastRecall',
  'log-loss not significantly worse': 'logLossTest',
  'log-loss not much worse': 'logLossBound',
  'calibration error': 'calibration',
  'time of a prediction': 'latency',
  'size of the file': 'size',
  'schema of the model in service': 'schema',
} as const;
const RECALL = /^recall of "(.*)"$/s;

export function useConditionName(): (name: string) => string {
  const t = useTranslations('models');
  return function conditionName(name) {
    const label = RECALL.exec(name)?.[1];
    if (label !== undefined) return t('verdict.conditions.recall', { label });
    return Object.hasOwn(KEYS, name) ? t(`verdict.conditions.${KEYS[name as keyof typeof KEYS]}`) : name;
  };
}
