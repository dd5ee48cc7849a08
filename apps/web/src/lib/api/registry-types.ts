/** What the API answers of the registry. */
import type { Verdict } from '@iris/registry/catalogue';

/** `GET /models`. */
export interface ModelsAnswer {
  readonly source: 'registry' | 'mlflow' | 'file';
  /** Of MLflow the address, of a file its name. */
  readonly place: string | null;
  /** What the registry says is in service. */
  readonly current: string | null;
  /** What the instance serves that answered. */
  readonly served: string | null;
  readonly problem: string | null;
  /** Whether the model can be changed, else the code of the reason. */
  readonly change: { readonly allowed: boolean; readonly code: string | null; readonly detail: string | null };
  readonly total: number;
  /** Newest first. */
  readonly versions: readonly RegistryVersion[];
  readonly next_before: string | null;
  /** Newest first. */
  readonly history: readonly RegistryChange[];
}

/** A version; null is what no verdict says. */
export interface RegistryVersion {
  readonly name: string;
  readonly is_current: boolean;
  readonly verdict: 'passed' | 'refused' | null;
  readonly judged_at: string | null;
  readonly model: string | null;
  readonly version: string | null;
  readonly accuracy: number | null;
  readonly log_loss: number | null;
  readonly calibration_error: number | null;
  /** Names of the gate's conditions. */
  readonly not_met: readonly string[];
}

/** A line of the registry's history. */
export interface RegistryChange {
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly version: string;
  readonly previous: string | null;
  readonly reason: string;
  readonly forced: boolean;
}

/** `GET /models/{version}`. */
export interface VersionDetail {
  readonly name: string;
  readonly verdict: Verdict | null;
}

/** `PUT /models/current` and `POST /models/rollback`. */
export interface ChangedModel {
  readonly current: string;
  readonly previous: string | null;
}
