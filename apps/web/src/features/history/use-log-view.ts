/** The view that the page's address tells, and how to go to another. */
'use client';
import { useSearchParams } from 'next/navigation';
import { type LogView, readView, viewAddress } from './log-view.ts';

/** The view of now. Going to another one asks no page of the server, and the browser's own "back" leads back. */
export function useLogView(): { readonly view: LogView; readonly go: (view: LogView) => void } {
  const view = readView(useSearchParams());
  return { view, go: (next) => window.history.pushState(null, '', viewAddress(next)) };
}
