/** Changes between light and dark; until it is used, the system's setting counts. */
'use client';
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import css from './color-scheme-switch.module.css';

export function ColorSchemeSwitch() {
  const t = useTranslations('shell');
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  return (
    <ActionIcon
      aria-label={t('colorScheme')}
      color="gray"
      onClick={() => setColorScheme(shown === 'dark' ? 'light' : 'dark')}
      size="md"
      variant="subtle"
    >
      <IconMoon aria-hidden="true" className={css.moon} size={18} stroke={1.75} />
      <IconSun aria-hidden="true" className={css.sun} size={18} stroke={1.75} />
    </ActionIcon>
  );
}
