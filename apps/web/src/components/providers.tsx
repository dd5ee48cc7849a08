/** What every page's components draw on: the component library, and the memory of what the API answered. */
'use client';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
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
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <SWRConfig value={{ ...SWR_SETTINGS, fallback: initialData }}>{children}</SWRConfig>
    </MantineProvider>
  );
}
