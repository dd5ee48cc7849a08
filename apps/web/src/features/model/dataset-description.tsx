/** What the model was trained on: the target and its classes, the columns and their ranges. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { CardTable } from '../../components/card-table.tsx';
import { ClassMark } from '../../components/class-mark.tsx';
import { Panel } from '../../components/panel.tsx';
import type { DatasetSchema, Feature, ReferenceSamples } from '../../lib/api/types.ts';
import { humanize } from '../../lib/format/names.ts';
import { countLabels } from './class-counts.ts';
import css from './dataset-description.module.css';

export interface DatasetDescriptionProps {
  readonly dataset: DatasetSchema;
  /** The reference samples, once they are known. */
  readonly samples: ReferenceSamples | undefined;
}

export function DatasetDescription({ dataset, samples }: DatasetDescriptionProps) {
  const t = useTranslations('model');
  return (
    <Panel title={t('dataset.title', { name: dataset.name })}>
      <p className={css.description}>{dataset.description}</p>
      <h3 className={css.title}>{t('dataset.target', { target: humanize(dataset.target) })}</h3>
      <Classes classes={dataset.classes} samples={samples} />
      <h3 className={css.title}>{t('dataset.features')}</h3>
      <Features features={dataset.features} />
    </Panel>
  );
}

function Classes({ classes, samples }: { readonly classes: readonly string[] } & Pick<DatasetDescriptionProps, 'samples'>) {
  const t = useTranslations('model');
  const counts = samples && countLabels(classes, samples.labels);
  return (
    <>
      <ul className={css.classes}>
        {classes.map((name, index) => (
          <li className={css.class} key={name}>
            <ClassMark classIndex={index} />
            {name}
            {counts && <span className={`${css.quiet} tabular`}>{t('dataset.samplesOf', { count: counts[index]! })}</span>}
          </li>
        ))}
      </ul>
      {samples && <p className={css.quiet}>{t('dataset.reference', { count: samples.labels.length })}</p>}
    </>
  );
}

const COLUMNS = ['name', 'kind', 'observed', 'plausible'] as const;

function Features({ features }: Pick<DatasetSchema, 'features'>) {
  const t = useTranslations('model');
  return (
    <CardTable columns={COLUMNS.map((name) => t(`dataset.columns.${name}`))}>
      <tbody className="tabular">
        {features.map((feature) => (
          <FeatureRow feature={feature} key={feature.name} />
        ))}
      </tbody>
    </CardTable>
  );
}

function FeatureRow({ feature }: { readonly feature: Feature }) {
  const t = useTranslations('model');
  const format = useFormatter();
  function describeUnit(unit: string | undefined): string {
    if (unit === undefined) return t('dataset.kinds.number');
    return unit === '1' ? t('dataset.kinds.count') : t('dataset.kinds.numeric', { unit });
  }
  return (
    <tr>
      <th scope="row">{humanize(feature.name)}</th>
      {feature.kind === 'numeric' ? (
        <>
          <td>{describeUnit(feature.unit)}</td>
          <td data-label={t('dataset.columns.observed')}>{t('dataset.range', { ...feature.observed })}</td>
          <td data-label={t('dataset.columns.plausible')}>{t('dataset.range', { ...feature.plausible })}</td>
        </>
      ) : (
        <>
          <td>{t(`dataset.kinds.${feature.kind}`)}</td>
          <td colSpan={2}>
            {feature.kind === 'date'
              ? t('dataset.range', { ...feature.observed })
              : format.list(feature.levels, { type: 'disjunction' })}
          </td>
        </>
      )}
    </tr>
  );
}
