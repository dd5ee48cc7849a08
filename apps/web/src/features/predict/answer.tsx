/** What the model answers: the label, a bar for each class, what to be wary of, and who answered. */
'use client';
import { Progress } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ClassMark } from '../../components/class-mark.tsx';
import { classMark } from '../../components/class-marks.ts';
import type { DatasetSchema } from '../../lib/api/types.ts';
import { humanize } from '../../lib/format/names.ts';
import css from './answer.module.css';
import { AnswerFacts } from './answer-facts.tsx';
import type { Answered } from './live-prediction.ts';
import { WarningList } from './warning-list.tsx';

const PERCENT = 100;

export interface AnswerProps {
  readonly schema: DatasetSchema;
  readonly answered: Answered;
  /** Whether it belongs to the sample in the form. */
  readonly isCurrent: boolean;
}

export function Answer({ schema, answered, isCurrent }: AnswerProps) {
  const { instance, prediction: answer } = answered;
  return (
    <div className={css.answer}>
      <div>
        <p className={css.target}>{humanize(schema.target)}</p>
        <p aria-live="polite" className={css.label}>
          <ClassMark classIndex={answer.class_index} size={22} />
          <span>{answer.prediction}</span>
        </p>
      </div>
      <ProbabilityBars classes={schema.classes} probabilities={answer.probabilities} />
      {isCurrent && (
        <>
          <WarningList instance={instance} schema={schema} warnings={answer.warnings} />
          <AnswerFacts answered={answered} />
        </>
      )}
    </div>
  );
}

interface ProbabilityBarsProps {
  readonly classes: readonly string[];
  readonly probabilities: Readonly<Record<string, number>>;
}

function ProbabilityBars({ classes, probabilities }: ProbabilityBarsProps) {
  const t = useTranslations('predict');
  return (
    <ul className={css.bars}>
      {classes.map((name, classIndex) => (
        <li className={css.bar} key={name}>
          <ClassMark classIndex={classIndex} />
          <span>{name}</span>
          <span className={`tabular ${css.share}`}>{t('share', { share: probabilities[name] ?? 0 })}</span>
          <Progress
            aria-label={name}
            className={css.track}
            color={classMark(classIndex).color}
            size="md"
            // Screen readers know no exponents: 3e-7 would be no number.
            value={Number(((probabilities[name] ?? 0) * PERCENT).toFixed(2))}
          />
        </li>
      ))}
    </ul>
  );
}
