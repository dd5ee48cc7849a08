/** The model card: how good the model in service is, what it was trained on, and how. */
'use client';
import { ApiState } from '../../components/api-state.tsx';
import { useModelCard, useSamples } from '../../lib/api/hooks.ts';
import { Confusion } from './confusion-matrix.tsx';
import { DatasetDescription } from './dataset-description.tsx';
import { Metrics } from './metrics.tsx';
import css from './model-card.module.css';
import { Training } from './training.tsx';

export function ModelCard() {
  const card = useModelCard();
  const samples = useSamples();
  return (
    <ApiState of={card}>
      {(model) => (
        <div className={css.stack}>
          <Metrics metrics={model.metrics} />
          <div className={css.columns}>
            <Confusion classes={model.dataset.classes} matrix={model.metrics.confusionMatrix} />
            <Training model={model} />
          </div>
          <DatasetDescription dataset={model.dataset} samples={samples.data} />
        </div>
      )}
    </ApiState>
  );
}
