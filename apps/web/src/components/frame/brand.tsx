/** The client's mark and name; they lead to the first page. */
import { getTranslations } from 'next-intl/server';
import css from './frame.module.css';

export async function Brand() {
  const t = await getTranslations('shell');
  return (
    <a className={css.brand} href="/">
      <Mark />
      {t('name')}
    </a>
  );
}

/** Three points around a fourth: a sample among its classes. */
function Mark() {
  return (
    <svg aria-hidden="true" height="26" viewBox="0 0 32 32" width="26">
      <rect fill="var(--mantine-color-violet-8)" height="32" rx="8" width="32" />
      <g fill="#fff">
        <circle cx="16" cy="8.6" r="3.4" />
        <circle cx="9.6" cy="19.6" opacity="0.75" r="3.4" />
        <circle cx="22.4" cy="19.6" opacity="0.75" r="3.4" />
        <circle cx="16" cy="16" r="2.2" />
      </g>
    </svg>
  );
}
