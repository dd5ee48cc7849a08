/** The log-in form: plain HTML underneath, so that it works without a script. */
'use client';
import { Button, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Notice } from '../../components/api-state.tsx';
import css from './login.module.css';

export interface LoginFormProps {
  /** Why the last attempt was refused. */
  readonly fault: 'wrong' | 'tooMany' | undefined;
  /** Path of the page to go to. */
  readonly next: string;
}

export function LoginForm({ fault, next }: LoginFormProps) {
  const t = useTranslations('login');
  return (
    <form action="/api/session" className={css.card} method="post">
      <h1 className={css.title}>{t('title')}</h1>
      <p className={css.lead}>{t('lead')}</p>
      {fault && <Notice text={t(`faults.${fault}.text`)} title={t(`faults.${fault}.title`)} />}
      <input name="next" type="hidden" value={next} />
      <TextInput
        autoComplete="current-password"
        autoFocus
        label={t('password')}
        maxLength={1024}
        name="password"
        required
        size="md"
        type="password"
        withAsterisk={false}
      />
      <Button fullWidth size="md" type="submit">
        {t('submit')}
      </Button>
    </form>
  );
}
