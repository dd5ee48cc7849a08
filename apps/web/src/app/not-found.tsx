/** No page is at this address. */
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../components/page-head.tsx';

export default async function NotFound() {
  const t = await getTranslations('state');
  return (
    <>
      <PageHead lead={t('notFound.text')} title={t('notFound.title')} />
      <a href="/">{t('notFound.back')}</a>
    </>
  );
}
