/** The registry: who serves, what that does to accuracy and drift, every version with its verdict, and who changed the model and why. */
'use client';
import { useState } from 'react';
import { ApiState } from '../../components/api-state.tsx';
import type { ModelsAnswer } from '../../lib/api/registry-types.ts';
import { OverTime } from '../drift/over-time/over-time.tsx';
import { ChangeDialog, type WantedChange } from './change-dialog.tsx';
import { HistoryPanel } from './history-panel.tsx';
import css from './models.module.css';
import { NoRegistry } from './no-registry.tsx';
import { ServicePanel } from './service-panel.tsx';
import { useModels } from './use-models.ts';
import { VersionsPanel } from './versions-panel.tsx';

export interface ModelsProps {
  /** False where the API keeps no predictions: then there is no effect to show. */
  readonly hasLog: boolean;
}

export function Models({ hasLog }: ModelsProps) {
  const { models, reload } = useModels();
  return (
    <ApiState of={models}>
      {(answer) =>
        answer.source === 'registry' ? (
          <Registry answer={answer} hasLog={hasLog} reload={reload} />
        ) : (
          <NoRegistry place={answer.place} source={answer.source} />
        )
      }
    </ApiState>
  );
}

interface RegistryProps extends ModelsProps {
  readonly answer: ModelsAnswer;
  readonly reload: () => void;
}

function Registry({ answer, hasLog, reload }: RegistryProps) {
  const [wanted, setWanted] = useState<WantedChange>();
  /** What the last change made from here has put into service. */
  const [changedTo, setChangedTo] = useState<string>();
  const ask = answer.change.allowed ? setWanted : undefined;

  function finish(current: string): void {
    setWanted(undefined);
    setChangedTo(current);
    reload();
  }

  return (
    <div className={css.stack}>
      <ServicePanel answer={answer} changedTo={changedTo} onAsk={ask} />
      {hasLog && <OverTime />}
      <VersionsPanel answer={answer} onAsk={ask} />
      <HistoryPanel history={answer.history} />
      {wanted && (
        <ChangeDialog
          current={answer.current}
          onClose={() => setWanted(undefined)}
          onDone={finish}
          onRefused={reload}
          wanted={wanted}
        />
      )}
    </div>
  );
}
