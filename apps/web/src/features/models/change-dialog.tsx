/** Asks why before the model is changed. The browser's own dialogue: it keeps the focus, and Escape leaves it. */
'use client';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { ProblemNotice } from '../../components/api-state.tsx';
import type { RegistryVersion } from '../../lib/api/registry-types.ts';
import css from './change-dialog.module.css';
import { useChange } from './use-change.ts';
import { useConditionName } from './use-condition-name.ts';

/** As long as the API takes. */
const MAX_REASON_CHARACTERS = 500;

/** What a person asked for. */
export type WantedChange = { readonly action: 'rollback' } | { readonly action: 'promote'; readonly version: RegistryVersion };

const CONSEQUENCES = { keep: 'stays', promote: 'replaces', rollback: 'before' } as const;
const CONFIRMATIONS = { keep: 'confirmKeep', promote: 'confirm', rollback: 'confirmRollBack' } as const;

export interface ChangeDialogProps {
  readonly wanted: WantedChange;
  /** What is in service as the page shows it: the change is about this one. */
  readonly current: string | null;
  readonly onClose: () => void;
  /** Told what is in service from now on. */
  readonly onDone: (current: string) => void;
  /** Told that the change was refused: what the page shows may be of before. */
  readonly onRefused: () => void;
}

export function ChangeDialog({ wanted, current, onClose, onDone, onRefused }: ChangeDialogProps) {
  const t = useTranslations('models');
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [reason, setReason] = useState('');
  const [force, setForce] = useState(false);
  // The person decides about what was shown when the dialogue was opened.
  const [seen] = useState(current);
  const { isSending, problem, send } = useChange({ onDone, onRefused });
  const kind = wanted.action === 'promote' && wanted.version.is_current ? 'keep' : wanted.action;
  const mustOverrule = wanted.action === 'promote' && wanted.version.verdict !== 'passed';

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    send(wanted, { reason: reason.trim(), seen, force });
  }

  return (
    <dialog aria-labelledby={title} className={css.dialog} onClose={onClose} ref={dialog}>
      <form onSubmit={submit}>
        <h2 className={css.title} id={title}>
          {wanted.action === 'rollback'
            ? t('dialog.rollBack')
            : t(`dialog.${kind === 'keep' ? 'keep' : 'promote'}`, { version: wanted.version.name })}
        </h2>
        <p className={css.text}>{seen === null ? t('dialog.first') : t(`dialog.${CONSEQUENCES[kind]}`, { current: seen })}</p>
        {mustOverrule && <Overrule checked={force} onChange={setForce} version={wanted.version} />}
        <TextInput
          autoComplete="off"
          description={t('dialog.reasonHint')}
          label={t('dialog.reason')}
          maxLength={MAX_REASON_CHARACTERS}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          required
          value={reason}
        />
        {problem && (
          <div className={css.problem}>
            <ProblemNotice problem={problem} />
          </div>
        )}
        <p className={css.sending} role="status">
          {isSending && t('dialog.sending')}
        </p>
        <div className={css.buttons}>
          <Button onClick={() => dialog.current?.close()} type="button" variant="default">
            {t('dialog.cancel')}
          </Button>
          <Button
            color={mustOverrule ? 'red' : 'violet'}
            disabled={isSending || reason.trim() === '' || (mustOverrule && !force)}
            type="submit"
          >
            {t(`dialog.${CONFIRMATIONS[kind]}`)}
          </Button>
        </div>
      </form>
    </dialog>
  );
}

interface OverruleProps {
  readonly version: RegistryVersion;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Why the gate does not let the version pass, and the word that it shall all the same. */
function Overrule({ version: { verdict, not_met: notMet }, checked, onChange }: OverruleProps) {
  const t = useTranslations('models');
  const conditionName = useConditionName();
  return (
    <div className={css.overrule}>
      <p className={css.text}>{verdict === null ? t('dialog.unjudged') : t('dialog.refused')}</p>
      {notMet.length > 0 && (
        <ul className={css.conditions}>
          {notMet.map((name) => (
            <li key={name}>{conditionName(name)}</li>
          ))}
        </ul>
      )}
      <Checkbox
        checked={checked}
        label={t('dialog.overrule')}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
    </div>
  );
}
