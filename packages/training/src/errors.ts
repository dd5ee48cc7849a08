/** Errors of the training package: one class, a code, and the values that explain it. */

/** `TRAINING_OPTION`: an option is unknown or out of range; `TRAINING_ROWS`: the rows cannot be learned from or evaluated. */
export type TrainingErrorCode = 'TRAINING_OPTION' | 'TRAINING_ROWS';

/** Training that cannot begin. */
export class TrainingError extends Error {
  readonly code: TrainingErrorCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: TrainingErrorCode, message: string, details: Readonly<Record<string, string | number>>) {
    super(message);
    this.name = 'TrainingError';
    this.code = code;
    this.details = details;
  }
}
