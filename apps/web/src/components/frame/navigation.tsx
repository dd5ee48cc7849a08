/** Links to the pages. */
'use client';
import {
  IconChartAreaLine,
  IconChartHistogram,
  IconFileSpreadsheet,
  IconHistory,
  IconMessageCircle,
  IconReportAnalytics,
  IconSparkles,
  IconVersions,
} from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import css from './navigation.module.css';

/** Every page, in the order of its link. */
const PAGES = [
  { path: '/', name: 'predict', Icon: IconSparkles },
  { path: '/batch', name: 'batch', Icon: IconFileSpreadsheet },
  { path: '/history', name: 'history', Icon: IconHistory },
  { path: '/traffic', name: 'traffic', Icon: IconChartAreaLine },
  { path: '/drift', name: 'drift', Icon: IconChartHistogram },
  { path: '/chat', name: 'chat', Icon: IconMessageCircle },
  { path: '/model', name: 'model', Icon: IconReportAnalytics },
  { path: '/models', name: 'models', Icon: IconVersions },
] as const;

export function Navigation() {
  const t = useTranslations('shell');
  const here = usePathname();
  return (
    <nav aria-label={t('pagesLabel')} className={css.navigation}>
      {PAGES.map(({ path, name, Icon }) => (
        <Link aria-current={here === path ? 'page' : undefined} className={css.link} href={path} key={path} prefetch={false}>
          <Icon aria-hidden="true" className={css.icon} size={18} stroke={1.75} />
          {t(`pages.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
