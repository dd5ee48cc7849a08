/** "It was in fact…": what someone told of a prediction, and how to tell it. */
'use client';
import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { ClassMark } from '../../components/class-mark.tsx';
import { explainedCode } from '../../components/explained-code.ts';
import type { LoggedPrediction } from '../../lib/api/types.ts';
import css from './told-cell.module.css';
import type { Feedback, Told } from './use-feedback.ts';

export interface ToldCellProps {
  readonly row: LoggedPrediction;
  /** Classes of the model in service: the API takes no other. */
  readonly classes: readonly string[];
  readonly feedback: Feedback;
}

export function ToldCell({ row, classes, feedback }: ToldCellProps) {
  const t = useTranslations('history');
  const { request_id: requestId, prediction } = row;
  if (requestId === null) return <p className={css.progress}>{t('told.noRequest')}</p>;
  if (!classes.includes(prediction)) return <p className={css.progress}>{row.feedback ?? t('told.otherModel')}</p>;
  const told = feedback.told(requestId);
  const label = told?.label ?? row.feedback;
  return (
    <div className={css.cell}>
      <ClassMenu chosen={label} classes={classes} onChoose={(name) => feedback.tell(requestId, name)} prediction={prediction} />
      <Progress again={() => told && feedback.tell(requestId, told.label)} told={told} />
    </div>
  );
}

interface ClassMenuProps {
  readonly classes: readonly string[];
  readonly chosen: string | null;
  readonly prediction: string;
  readonly onChoose: (label: string) => void;
}

function ClassMenu({ classes, chosen, prediction, onChoose }: ClassMenuProps) {
  const t = useTranslations('history');
  return (
    // In its place, not at the page's end: there it would be outside the landmarks.
    <Menu position="bottom-start" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false} hideDetached={false}>
      <Menu.Target>
        <Button
          color={chosen === null ? 'violet' : 'gray'}
          leftSection={chosen !== null && <Verdict isRight={chosen === prediction} />}
          rightSection={<IconChevronDown aria-hidden="true" size={14} />}
          size="compact-sm"
          variant="default"
        >
          {chosen ?? t('told.ask')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('told.ask')}</Menu.Label>
        {classes.map((name, index) => (
          <Menu.Item key={name} leftSection={<ClassMark classIndex={index} />} onClick={() => onChoose(name)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Verdict({ isRight }: { readonly isRight: boolean }) {
  const t = useTranslations('history');
  return isRight ? (
    <IconCheck aria-label={t('told.right')} className={css.right} role="img" size={15} />
  ) : (
    <IconX aria-label={t('told.wrong')} className={css.wrong} role="img" size={15} />
  );
}

function Progress({ told, again }: { readonly told: Told | undefined; readonly again: () => void }) {
  const t = useTranslations('history');
  const tState = useTranslations('state');
  if (told?.progress !== 'failed') {
    return (
      <p className={css.progress} role="status">
        {told && t(`told.progress.${told.progress}`)}
      </p>
    );
  }
  const code = explainedCode(told.problem?.code ?? '');
  return (
    <p className={`${css.progress} ${css.failed}`} role="alert">
      {t('told.progress.failed')} {tState(`problems.${code}.title`)}
      <Button onClick={again} size="compact-xs" variant="default">
        {t('told.again')}
      </Button>
    </p>
  );
}
