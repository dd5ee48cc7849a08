/** Ends the session; a form, so that it works without a script. */
'use client';
import { ActionIcon } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import css from './logout-button.module.css';

export function LogoutButton() {
  const t = useTranslations('shell');
  return (
    <form action="/api/session/end" className={css.form} method="post">
      <ActionIcon aria-label={t('logout')} color="gray" size="md" title={t('logout')} type="submit" variant="subtle">
        <IconLogout aria-hidden="true" size={18} stroke={1.75} />
      </ActionIcon>
    </form>
  );
}
