/** Bounds of the gate. */

/** How much worse a candidate may be than the model in service. */
export interface GateLimits {
  /** Risk of refusing a candidate that is as good as the current model. */
  readonly alpha: number;
  /** Mean log-loss that may be lost though chance could explain it: with few rows chance explains much. */
  readonly logLossShare: number;
  /** Log-loss below which `logLossShare` asks for more than matters, in nats. */
  readonly logLossFree: number;
  /** Share of a class's rows that may be recognised less; one row may be in any case. */
  readonly recallDrop: number;
  /** Expected calibration error that may be added. */
  readonly calibrationGain: number;
  /** Times that a prediction may take longer, and the time that is fine in any case. */
  readonly latencyRatio: number;
  readonly latencyFreeMs: number;
  /** Times that the file may be larger, and the size that is fine in any case. */
  readonly sizeRatio: number;
  readonly sizeFreeBytes: number;
}

/** The bounds in use; docs/mlops.md says why each is what it is. */
export const GATE_LIMITS: GateLimits = {
  alpha: 0.05,
  logLossShare: 0.1,
  logLossFree: 0.01,
  recallDrop: 0.05,
  calibrationGain: 0.05,
  latencyRatio: 2,
  latencyFreeMs: 0.1,
  sizeRatio: 2,
  sizeFreeBytes: 2 * 1024 * 1024,
};
