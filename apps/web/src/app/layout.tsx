/** The one root layout: language, colour scheme, texts and the frame. It reads the request, so that no page is static: each has its nonce. */
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './globals.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Frame } from '../components/frame/frame.tsx';
import { PlainFrame } from '../components/frame/plain-frame.tsx';
import { Providers } from '../components/providers.tsx';
import { PageTexts } from '../i18n/page-texts.tsx';
import { loadInitialData } from '../lib/server/initial-data.ts';
import { login } from '../lib/server/login.ts';
import { isPageOpen } from '../lib/server/page-session.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell');
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, description: t('description') };
}

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const [locale, initialData] = await Promise.all([getLocale(), loadInitialData('/api/backend')]);
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />
      </head>
      <body>
        <PageTexts>
          <Providers nonce={nonce} initialData={initialData}>
            {(await isPageOpen()) ? (
              <Frame hasLogout={login() !== undefined}>{children}</Frame>
            ) : (
              <PlainFrame>{children}</PlainFrame>
            )}
          </Providers>
        </PageTexts>
      </body>
    </html>
  );
}
