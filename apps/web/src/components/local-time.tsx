/** An instant in the reader's time zone and language. */
'use client';
import { useFormatter } from 'next-intl';
import { useSyncExternalStore } from 'react';

/** `instant` is ISO 8601. The server, which cannot know the browser's zone, writes it in UTC. */
export function LocalTime({ instant }: { readonly instant: string }) {
  const format = useFormatter();
  const timeZone = useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
  return <time dateTime={instant}>{format.dateTime(new Date(instant), 'instant', { timeZone })}</time>;
}
