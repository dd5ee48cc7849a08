/** What the plot's marks mean. */
'use client';
import { useTranslations } from 'next-intl';
import { ClassMark } from '../../../components/class-mark.tsx';
import css from './legend.module.css';

export function Legend({ classes }: { readonly classes: readonly string[] }) {
  const t = useTranslations('predict.see');
  return (
    <ul aria-label={t('legend')} className={css.legend}>
      {classes.map((name, classIndex) => (
        <li className={css.entry} key={name}>
          <ClassMark classIndex={classIndex} size={12} />
          {name}
        </li>
      ))}
      <li className={css.entry}>
        <span aria-hidden="true" className={css.ring} />
        {t('own')}
      </li>
      <li className={css.entry}>
        <span aria-hidden="true" className={css.regions} />
        {t('regions')}
      </li>
    </ul>
  );
}
