/** A text that nobody types: an id or a checksum, with a button that copies it. */
'use client';
import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import css from './copyable.module.css';

export interface CopyableProps {
  readonly text: string;
  /** What it is, for the button's name: `request id`. */
  readonly name: string;
  /** Whether it is shown whole, on several lines if need be, rather than cut. */
  readonly whole?: boolean;
}

export function Copyable({ text, name, whole = false }: CopyableProps) {
  const t = useTranslations('common');
  // Browsers let a page write to the clipboard over HTTPS or on localhost only; elsewhere one click selects the whole text.
  const canCopy = useSyncExternalStore(
    () => () => undefined,
    () => navigator.clipboard !== undefined,
    () => false,
  );
  return (
    <span className={css.copyable}>
      <code className={css.text} data-whole={whole} title={text}>
        {text}
      </code>
      {canCopy && (
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <ActionIcon aria-label={copied ? t('copied') : t('copy', { name })} onClick={copy} size="sm" variant="subtle">
              {copied ? <IconCheck aria-hidden="true" size={14} /> : <IconCopy aria-hidden="true" size={14} />}
            </ActionIcon>
          )}
        </CopyButton>
      )}
    </span>
  );
}
