/** The model card, in Markdown: what the model is for, how good it is and what it was made of (Mitchell et al., "Model Cards for Model Reporting", 2019). */
import type { Feature } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import { formatEvaluation } from '../report.ts';

const ALGORITHMS: Readonly<Record<ModelDocument['model'], string>> = {
  rf: 'random forest',
  gbt: 'gradient boosting of trees',
  svm: 'support vector machine with an RBF kernel',
  logreg: 'logistic regression',
};

/** Writes the card of a sealed document. */
export function writeModelCard({ model, version, dataset, metrics, training, checksum }: ModelDocument): string {
  return [
    `# ${escapeMarkdown(dataset.name)}: ${model} ${version}`,
    '',
    `A ${ALGORITHMS[model]} that predicts \`${dataset.target}\` (${dataset.classes.map(escapeMarkdown).join(', ')}). ${escapeMarkdown(dataset.description)}`,
    '',
    '## Input',
    '',
    '| feature | values | observed in training |',
    '| ------- | ------ | -------------------- |',
    ...dataset.features.map(describeFeature),
    '',
    'Outside the observed range a prediction is an extrapolation.',
    '',
    '## Evaluation',
    '',
    '```',
    formatEvaluation(metrics, dataset).trimEnd(),
    '```',
    '',
    '## Training',
    '',
    '| | |',
    '| --- | --- |',
    `| samples | ${training.sampleCount} |`,
    `| seed | ${training.seed} |`,
    `| engine | ${training.engine} |`,
    ...Object.entries(training.options).map(([name, value]) => `| ${name} | ${value} |`),
    `| checksum | \`${checksum}\` |`,
    '',
  ].join('\n');
}

function describeFeature(feature: Feature): string {
  const observed = feature.kind === 'categorical' ? '' : `${feature.observed.min} to ${feature.observed.max}`;
  return `| ${escapeMarkdown(feature.name)} | ${describeValues(feature)}${feature.missing ? ', or missing' : ''} | ${observed} |`;
}

function describeValues(feature: Feature): string {
  switch (feature.kind) {
    case 'categorical':
      return feature.levels.map(escapeMarkdown).join(', ');
    case 'date':
      return 'a day';
    case 'numeric':
      return `${feature.plausible.min} to ${feature.plausible.max}${feature.unit === undefined || feature.unit === '1' ? '' : ` ${escapeMarkdown(feature.unit)}`}`;
  }
}

/** Names are of the one who made the data: none may break out of its cell. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}
