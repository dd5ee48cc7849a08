/** Versions and history as JSON. */
import type { HistoryEntry, VersionSummary } from '@iris/registry/catalogue';

/** A line of the list. */
export function presentVersion({ name, isCurrent, verdict }: VersionSummary) {
  const candidate = verdict?.candidate;
  return {
    name,
    is_current: isCurrent,
    verdict: verdict?.verdict ?? null,
    judged_at: verdict?.judgedAt ?? null,
    model: candidate?.model ?? null,
    version: candidate?.version ?? null,
    accuracy: candidate?.accuracy ?? null,
    log_loss: candidate?.logLoss ?? null,
    calibration_error: candidate?.calibrationError ?? null,
    not_met: verdict?.checks.filter(({ passed }) => !passed).map(({ name: condition }) => condition) ?? [],
  };
}

/** A line of the history. */
export function presentEntry({ at, by, action, version, previous, reason, forced }: HistoryEntry) {
  return { at, by, action, version, previous, reason, forced: forced === true };
}
