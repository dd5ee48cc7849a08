/** Stands where the plot will be, as tall, so that nothing jumps when it comes. */
'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import css from './see-placeholder.module.css';

export function SeePlaceholder() {
  const t = useTranslations();
  return (
    <Panel title={t('predict.see.title')}>
      <p className={css.place} role="status">
        {t('state.loading')}
      </p>
    </Panel>
  );
}
