/** The form made of the dataset's schema: examples to start from, and a field for each feature. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useMemo } from 'react';
import { ClassMark } from '../../components/class-mark.tsx';
import type { DatasetSchema, Prediction } from '../../lib/api/types.ts';
import { type Example, typicalExamples } from './examples.ts';
import { FeatureField } from './feature-field.tsx';
import type { FieldFaults } from './field-faults.ts';
import css from './sample-form.module.css';
import type { SampleValues } from './sample-values.ts';
import { useSamplesOf } from './use-samples-of.ts';

export interface SampleFormProps {
  readonly schema: DatasetSchema;
  readonly values: SampleValues;
  readonly faults: FieldFaults;
  readonly onChange: (changes: SampleValues) => void;
  /** Asks for a prediction that is kept; undefined while there is nothing to ask. */
  readonly onPredict: (() => void) | undefined;
  readonly predicting: boolean;
  /** The answer to the sample in the form; undefined while it is not known. */
  readonly answer: Prediction | undefined;
}

export function SampleForm({ schema, values, faults, onChange, onPredict, predicting, answer }: SampleFormProps) {
  const t = useTranslations('predict');
  const samples = useSamplesOf(schema).data;
  const examples = useMemo(() => samples && typicalExamples(schema, samples), [schema, samples]);
  function submit(event: FormEvent): void {
    event.preventDefault();
    onPredict?.();
  }
  return (
    <form className={css.form} noValidate onSubmit={submit}>
      {examples && <Examples examples={examples} onChoose={onChange} />}
      {schema.features.map((feature) => (
        <FeatureField
          fault={faults[feature.name]}
          feature={feature}
          key={feature.name}
          onChange={(value) => onChange({ [feature.name]: value })}
          value={values[feature.name] ?? ''}
        />
      ))}
      <div className={css.end}>
        <BriefAnswer answer={answer} />
        <Button disabled={!onPredict} fullWidth loading={predicting} type="submit">
          {t('predict')}
        </Button>
      </div>
      <p className={css.hint}>{t('predictHint')}</p>
    </form>
  );
}

/** Says nothing new: what assistive technology reads is the answer itself. */
function BriefAnswer({ answer }: Pick<SampleFormProps, 'answer'>) {
  const t = useTranslations('predict');
  return (
    <div aria-hidden="true" className={css.brief}>
      {answer && (
        <>
          <ClassMark classIndex={answer.class_index} />
          <span>{answer.prediction}</span>
          <span className="tabular">{t('share', { share: answer.probabilities[answer.prediction] ?? 0 })}</span>
        </>
      )}
    </div>
  );
}

interface ExamplesProps {
  readonly examples: readonly Example[];
  readonly onChoose: (values: SampleValues) => void;
}

function Examples({ examples, onChoose }: ExamplesProps) {
  const t = useTranslations('predict');
  return (
    <fieldset className={css.examples}>
      <legend className={css.legend}>{t('examples')}</legend>
      {examples.map(({ label, classIndex, values }) => (
        <Button
          key={label}
          leftSection={<ClassMark classIndex={classIndex} size={12} />}
          onClick={() => onChoose(values)}
          size="compact-sm"
          variant="default"
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}
