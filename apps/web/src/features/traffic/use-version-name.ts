/** What a version is called. */
'use client';
import { useTranslations } from 'next-intl';
import type { VersionName } from './series.ts';

/** Gives the name of a version: its number and its model. */
export function useVersionName(): (name: VersionName) => string {
  const t = useTranslations('traffic');
  return ({ version, model }) => (version === null ? t('noModel') : t('version', { version, model: model ?? '' }));
}
