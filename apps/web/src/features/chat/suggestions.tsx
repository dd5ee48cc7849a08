/** Questions to press: of the dataset in service, and of what the agent can do. */
'use client';
import { Button } from '@mantine/core';
import { useFormatter, useTranslations } from 'next-intl';
import { useDataset, useSamples } from '../../lib/api/hooks.ts';
import css from './chat.module.css';
import { describeSample } from './describe-sample.ts';

/** As a person writes a number into a sentence: no thousands set apart, which would make two numbers of one. */
const PLAIN = { maximumSignificantDigits: 6, useGrouping: false } as const;

export interface SuggestionsProps {
  /** Whether nothing has been asked yet: later there is a prediction to ask about. */
  readonly isFirst: boolean;
  readonly onAsk: (question: string) => void;
}

export function Suggestions({ isFirst, onAsk }: SuggestionsProps) {
  const t = useTranslations('chat.suggestions');
  const { number } = useFormatter();
  const [schema, sample] = [useDataset().data, useSamples().data?.samples[0]];
  const values = schema && sample && describeSample(schema, sample, (value) => number(value, PLAIN));
  const questions = [
    ...(values === undefined ? [] : [t('predict', { values })]),
    ...(isFirst ? [] : [t('explain')]),
    t('recent'),
    t('compare'),
    t('help'),
  ];
  return (
    <ul aria-label={t('title')} className={css.suggestions}>
      {questions.map((question) => (
        <li key={question}>
          <Button onClick={() => onAsk(question)} radius="xl" size="compact-sm" variant="default">
            {question}
          </Button>
        </li>
      ))}
    </ul>
  );
}
