/** Which model is in service, who put it there and why, and the way back. */
'use client';
import { Button, Loader } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Notice } from '../../components/api-state.tsx';
import { explainedCode } from '../../components/explained-code.ts';
import { Panel } from '../../components/panel.tsx';
import { useBackendInfo } from '../../lib/api/hooks.ts';
import type { ModelsAnswer } from '../../lib/api/registry-types.ts';
import type { WantedChange } from './change-dialog.tsx';
import { ChangeLine } from './change-line.tsx';
import css from './service-panel.module.css';

export interface ServicePanelProps {
  readonly answer: ModelsAnswer;
  /** What was put into service from this page, since it was opened. */
  readonly changedTo: string | undefined;
  /** Undefined where nobody may change the model. */
  readonly onAsk: ((wanted: WantedChange) => void) | undefined;
}

export function ServicePanel({ answer, changedTo, onAsk }: ServicePanelProps) {
  const t = useTranslations('models');
  const { current, history } = answer;
  const lastChange = history.find(({ action, version }) => action !== 'remove' && version === current);
  const canGoBack = hasEarlier(answer);
  return (
    <Panel
      aside={
        onAsk &&
        canGoBack && (
          <Button
            leftSection={<IconArrowBackUp aria-hidden="true" size={16} />}
            onClick={() => onAsk({ action: 'rollback' })}
            variant="default"
          >
            {t('service.rollBack')}
          </Button>
        )
      }
      title={t('service.title')}
    >
      {current === null ? <p className={css.quiet}>{t('service.none')}</p> : <Current answer={answer} name={current} />}
      {lastChange && <ChangeLine change={lastChange} />}
      <HeldBack answer={answer} onAsk={onAsk} />
      <Progress changedTo={changedTo} />
      <NotServed answer={answer} />
      {answer.change.code !== null && <Locked code={answer.change.code} />}
    </Panel>
  );
}

/** Whether a rollback would find a model: what was before the promotion of the current one. Of an old promotion the page does not know. */
function hasEarlier({ current, history }: ModelsAnswer): boolean {
  const promotion = history.find((change) => {
    return change.action === 'promote' && change.version === current && change.previous !== current;
  });
  return promotion ? promotion.previous !== null : history.length > 0;
}

function Current({ answer, name }: { readonly answer: ModelsAnswer; readonly name: string }) {
  const t = useTranslations('models');
  const version = answer.versions.find((each) => each.name === name);
  return (
    <p className={css.current}>
      <span className={css.name}>{name}</span>
      {version?.model && (
        <span>
          {version.model} {version.version}
        </span>
      )}
      {!/^v\d+$/.test(name) && <span className={css.quiet}>{t('service.byHand')}</span>}
    </p>
  );
}

/** A rollback holds the retraining back, until somebody says that the model is to stay or puts another one into service. */
function HeldBack({ answer: { current, history, versions }, onAsk }: Omit<ServicePanelProps, 'changedTo'>) {
  const t = useTranslations('models');
  const version = versions.find(({ name }) => name === current);
  if (history.find(({ action }) => action !== 'remove')?.action !== 'rollback') return null;
  return (
    <div className={css.heldBack}>
      <span>{t('service.heldBack')}</span>
      {onAsk && version && (
        <Button onClick={() => onAsk({ action: 'promote', version })} size="compact-sm" variant="default">
          {t('service.keep')}
        </Button>
      )}
    </div>
  );
}

/** From the registry to the servers: they look at it each second. */
function Progress({ changedTo }: Pick<ServicePanelProps, 'changedTo'>) {
  const t = useTranslations('models');
  const served = useBackendInfo().data?.health.current_model;
  const isServed = changedTo !== undefined && served === changedTo;
  return (
    <p className={css.progress} role="status">
      {changedTo !== undefined && !isServed && <Loader aria-hidden="true" size="xs" />}
      {isServed && <IconCheck aria-hidden="true" className={css.done} size={18} />}
      {changedTo !== undefined && t(`service.progress.${isServed ? 'served' : 'following'}`, { name: changedTo })}
    </p>
  );
}

/** A model that the registry names and the API cannot serve: it says why, in its own words. */
function NotServed({ answer: { current, served, problem } }: Pick<ServicePanelProps, 'answer'>) {
  const t = useTranslations('models');
  if (problem === null || current === null) return null;
  return (
    <Notice text={problem} title={t('service.notServed')}>
      <p className={css.still}>{served === null ? t('service.servesNone') : t('service.stillServes', { served })}</p>
    </Notice>
  );
}

function Locked({ code }: { readonly code: string }) {
  const tState = useTranslations('state');
  const explained = explainedCode(code);
  return (
    <p className={css.quiet}>
      {tState(`problems.${explained}.title`)}. {tState(`problems.${explained}.text`)}
    </p>
  );
}
