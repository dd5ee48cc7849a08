/** One version: its figures, what the gate said, and the way into service. */
'use client';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { LocalTime } from '../../components/local-time.tsx';
import type { RegistryVersion } from '../../lib/api/registry-types.ts';
import type { WantedChange } from './change-dialog.tsx';
import { useConditionName } from './use-condition-name.ts';
import css from './version-item.module.css';
import { VersionVerdict } from './version-verdict.tsx';

export interface VersionItemProps {
  readonly version: RegistryVersion;
  readonly onAsk: ((wanted: WantedChange) => void) | undefined;
}

export function VersionItem({ version, onAsk }: VersionItemProps) {
  const t = useTranslations('models');
  const heading = useId();
  const { name, is_current: isCurrent, verdict, model, version: number } = version;
  return (
    <li className={css.item}>
      <div className={css.head}>
        <h3 className={css.name} id={heading}>
          {name}
        </h3>
        {model !== null && (
          <span>
            {model} {number}
          </span>
        )}
        {isCurrent && <span className={css.badge}>{t('versions.inService')}</span>}
        {onAsk && !isCurrent && (
          <Button
            aria-describedby={heading}
            className={css.promote}
            color={verdict === 'passed' ? 'violet' : 'gray'}
            onClick={() => onAsk({ action: 'promote', version })}
            size="compact-sm"
            variant={verdict === 'passed' ? 'light' : 'default'}
          >
            {verdict === 'passed' ? t('versions.promote') : t('versions.overrule')}
          </Button>
        )}
      </div>
      <Outcome version={version} />
      <Figures version={version} />
      <Details name={name} />
    </li>
  );
}

const ICONS = { passed: IconCircleCheck, refused: IconCircleX, unjudged: IconCircleDashed } as const;

function Outcome({ version: { verdict, not_met: notMet } }: Pick<VersionItemProps, 'version'>) {
  const t = useTranslations('models');
  const format = useFormatter();
  const conditionName = useConditionName();
  const outcome = verdict ?? 'unjudged';
  const Icon = ICONS[outcome];
  return (
    <p className={css.outcome} data-outcome={outcome}>
      <Icon aria-hidden="true" className={css.icon} size={18} />
      <span>
        <strong>{t(`versions.${outcome}`)}</strong>
        {notMet.length > 0 && (
          <span className={css.notMet}>{t('versions.notMet', { conditions: format.list(notMet.map(conditionName)) })}</span>
        )}
      </span>
    </p>
  );
}

function Figures({ version }: Pick<VersionItemProps, 'version'>) {
  const t = useTranslations('models');
  const { accuracy, log_loss: logLoss, calibration_error: calibrationError, judged_at: judgedAt } = version;
  return (
    <dl className={`${css.figures} tabular`}>
      <Figure name={t('versions.accuracy')} value={accuracy} />
      <Figure name={t('versions.logLoss')} value={logLoss} />
      <Figure name={t('versions.calibrationError')} value={calibrationError} />
      {judgedAt !== null && (
        <Fact name={t('versions.judged')}>
          {Number.isNaN(Date.parse(judgedAt)) ? judgedAt : <LocalTime instant={judgedAt} />}
        </Fact>
      )}
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number | null }) {
  const format = useFormatter();
  return value === null ? null : <Fact name={name}>{format.number(value, 'estimate')}</Fact>;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The verdict is asked for when it is opened: a page of versions has many of them. */
function Details({ name }: { readonly name: string }) {
  const t = useTranslations('models');
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={css.details} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('versions.verdict')}</summary>
      {isOpen && <VersionVerdict name={name} />}
    </details>
  );
}
