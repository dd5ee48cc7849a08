/** Errors in the protocol's own shape: an HTTP error status and `{"error": message}`. */
import { type SendError, sendError } from '../../plugins/problems.ts';
import { describeFaults } from '../predict/instance-reader.ts';

/** Sends an error as the protocol has it. */
export const sendInferenceError: SendError = function sendInferenceError(reply, { status, detail, errors }) {
  const error = errors.length > 0 ? `${detail} ${describeFaults(errors)}` : detail;
  return sendError(reply, status, 'application/json', { error });
};
