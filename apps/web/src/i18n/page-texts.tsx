/** Sends a page the texts that it needs, and no other page's. */
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Namespace } from './messages.ts';

/** Texts of the frame around every page, and of its states. */
const EVERYWHERE: readonly Namespace[] = ['common', 'shell', 'state'];

export interface PageTextsProps {
  readonly namespaces?: readonly Namespace[];
  readonly children: ReactNode;
}

/** Gives `useTranslations` these namespaces, beside `common`, `shell` and `state`. */
export async function PageTexts({ namespaces = [], children }: PageTextsProps) {
  const messages = await getMessages();
  const sent = Object.fromEntries([...EVERYWHERE, ...namespaces].map((name) => [name, messages[name]]));
  return <NextIntlClientProvider messages={sent}>{children}</NextIntlClientProvider>;
}
