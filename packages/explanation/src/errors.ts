/** Errors of the explanation package: one class, a code, and the values that explain it. */

/** `EXPLANATION_REFERENCES`: there is no reference sample to compare with. */
export type ExplanationErrorCode = 'EXPLANATION_REFERENCES';

/** A model whose predictions cannot be explained. */
export class ExplanationError extends Error {
  readonly code: ExplanationErrorCode;

  constructor(code: ExplanationErrorCode, message: string) {
    super(message);
    this.name = 'ExplanationError';
    this.code = code;
  }
}
