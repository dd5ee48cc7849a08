/** Errors in MLflow's shape: `{"error_code", "message"}`, with its names for the codes and 400 for what is not valid. */
import type { ErrorCode } from '../../errors.ts';
import { type SendError, sendError } from '../../plugins/problems.ts';
import { describeFaults } from '../predict/instance-reader.ts';

/** MLflow's names where they say more than the status. */
const MLFLOW_CODES: Partial<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'INVALID_PARAMETER_VALUE',
  UNAUTHORIZED: 'UNAUTHENTICATED',
  INTERNAL: 'INTERNAL_ERROR',
};

/** Sends an error as MLflow has it. */
export const sendMlflowError: SendError = function sendMlflowError(reply, { status, code, detail, errors }) {
  const error_code = MLFLOW_CODES[code] ?? (status === 503 ? 'TEMPORARILY_UNAVAILABLE' : 'BAD_REQUEST');
  const message = errors.length > 0 ? `${detail} ${describeFaults(errors)}` : detail;
  return sendError(reply, code === 'VALIDATION_FAILED' ? 400 : status, 'application/json', { error_code, message });
};
