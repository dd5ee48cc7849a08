/** What every page's components draw on: the component library, and the memory of what the API answered. */
'use client';
import { MantineProvider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { SWRConfig } from 'swr';
import { SWR_SETTINGS } from '../lib/api/hooks.ts';
import { cssVariables, theme } from './theme.ts';

export interface ProvidersProps {
  /** Nonce of this page's Content-Security-Policy. */
  readonly nonce: string;
  /** Answers that the server knows already, by path. */
  readonly initialData: Readonly<Record<string, unknown>>;
  readonly children: ReactNode;
}

/** To be used once, by the root layout. */
export function Providers({ nonce, initialData, children }: ProvidersProps) {
  // A refresh, as of another language, has a nonce of its own; the document keeps the policy that it came with.
  const [documentNonce] = useState(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => documentNonce}
    >
      <SWRConfig value={{ ...SWR_SETTINGS, fallback: initialData }}>{children}</SWRConfig>
    </MantineProvider>
  );
}
