/** The gate's verdict on a version: each condition with its figure, its bound and whether it is met. */
'use client';
import type { Check, Measure, Verdict } from '@iris/registry/catalogue';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useFormatter, useTranslations } from 'next-intl';
import { ApiState } from '../../components/api-state.tsx';
import { CardTable } from '../../components/card-table.tsx';
import { useConditionName } from './use-condition-name.ts';
import { useVersion } from './use-models.ts';
import css from './version-verdict.module.css';

const COLUMNS = ['condition', 'figure', 'bound', 'outcome'] as const;
/** How much below it a p-value lies says nothing more. */
const SMALL_P = 0.001;
const METHODS = ['cross-validation', 'holdout'] as const;

export function VersionVerdict({ name }: { readonly name: string }) {
  const t = useTranslations('models');
  return (
    <div className={css.verdict}>
      <ApiState of={useVersion(name)}>
        {({ verdict }) =>
          verdict === null ? (
            <p className={css.basis}>{t('verdict.none')}</p>
          ) : (
            <>
              <Basis verdict={verdict} />
              <CardTable columns={COLUMNS.map((column) => t(`verdict.${column}`))}>
                <tbody className="tabular">
                  {verdict.checks.map((check) => (
                    <Condition check={check} key={check.name} />
                  ))}
                </tbody>
              </CardTable>
            </>
          )
        }
      </ApiState>
    </div>
  );
}

/** What was measured, and against what. */
function Basis({ verdict: { evaluation, judgedBy, current } }: { readonly verdict: Verdict }) {
  const t = useTranslations('models');
  const known = METHODS.find((each) => each === evaluation.method);
  const method = known ? t(`verdict.methods.${known}`) : evaluation.method;
  return (
    <p className={css.basis}>
      {t('verdict.measured', { method, folds: evaluation.folds, by: judgedBy })}{' '}
      {current
        ? t(`verdict.${current.basis === 'refitted' ? 'refitted' : 'asItStands'}`, {
            name: current.name,
            model: current.model,
            version: current.version,
          })
        : t('verdict.alone')}
    </p>
  );
}

function Condition({ check: { name, passed, detail, measure } }: { readonly check: Check }) {
  const t = useTranslations('models');
  const conditionName = useConditionName();
  return (
    <tr>
      <th scope="row">{conditionName(name)}</th>
      {measure ? (
        <Figures measure={measure} />
      ) : (
        // The gate's own words, as they are kept in the verdict.
        <td colSpan={2} lang="en">
          {detail}
        </td>
      )}
      <td className={css.outcome} data-met={passed}>
        {passed ? <IconCheck aria-hidden="true" size={16} /> : <IconX aria-hidden="true" size={16} />}{' '}
        {passed ? t('verdict.met') : t('verdict.notMet')}
      </td>
    </tr>
  );
}

function Figures({ measure: { value, bound, isLeast, unit } }: { readonly measure: Measure }) {
  const t = useTranslations('models');
  const figure = useFigure();
  return (
    <>
      <td data-label={t('verdict.figure')}>{figure(value, unit)}</td>
      <td data-label={t('verdict.bound')}>{t(`verdict.${isLeast ? 'least' : 'most'}`, { bound: figure(bound, unit) })}</td>
    </>
  );
}

/** Figures as they are read: times in microseconds, sizes in kilobytes. */
function useFigure(): (value: number, unit: Measure['unit']) => string {
  const format = useFormatter();
  return function figure(value, unit) {
    if (unit === 'ms') return format.number(value * 1000, 'microseconds');
    if (unit === 'bytes') return format.number(value / 1000, 'kilobytes');
    if (unit === 'p') return value < SMALL_P ? `< ${format.number(SMALL_P)}` : format.number(value, 'value');
    return format.number(value, 'precise');
  };
}
