/** The log-in; whoever is logged in goes on at once. */
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LoginForm } from '../../features/login/login-form.tsx';
import { PageTexts } from '../../i18n/page-texts.tsx';
import { isPageOpen } from '../../lib/server/page-session.ts';
import { pathOfOurs } from '../../lib/server/path-of-ours.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('login');
  return { title: t('title') };
}

interface Context {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function LoginPage({ searchParams }: Context) {
  const { next, fault } = await searchParams;
  const path = pathOfOurs(typeof next === 'string' ? next : undefined);
  if (await isPageOpen()) redirect(path);
  return (
    <PageTexts namespaces={['login']}>
      <LoginForm fault={fault === 'wrong' || fault === 'tooMany' ? fault : undefined} next={path} />
    </PageTexts>
  );
}
