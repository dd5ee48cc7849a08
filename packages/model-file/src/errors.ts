/** Errors of the model file: one class, a code, and the values that explain it. */

/**
 * - `MODEL_FILE_UNREADABLE`: there is no such file, or it cannot be opened, or is no regular file.
 * - `MODEL_FILE_TOO_LARGE`: longer than `MAX_MODEL_FILE_BYTES`.
 * - `MODEL_FILE_NOT_JSON`: no JSON document; a file cut short is one of these.
 * - `MODEL_FILE_FORMAT`: a document of another format version, or of none.
 * - `MODEL_FILE_SCHEMA`: members missing, unknown or of the wrong type.
 * - `MODEL_FILE_CHECKSUM`: the content is not what the checksum was taken over.
 * - `MODEL_FILE_DISAGREES`: parts that contradict each other, such as parameters for another number of columns than the dataset has.
 * - `MODEL_FILE_UNWRITABLE`: the file could not be written; the one that stood there is untouched.
 */
export type ModelFileErrorCode =
  | 'MODEL_FILE_UNREADABLE'
  | 'MODEL_FILE_TOO_LARGE'
  | 'MODEL_FILE_NOT_JSON'
  | 'MODEL_FILE_FORMAT'
  | 'MODEL_FILE_SCHEMA'
  | 'MODEL_FILE_CHECKSUM'
  | 'MODEL_FILE_DISAGREES'
  | 'MODEL_FILE_UNWRITABLE';

/** The values behind an error, such as `{ expected: 4, actual: 5 }`. */
export type ModelFileErrorDetails = Readonly<Record<string, string | number>>;

/** A model file that cannot be read, trusted or written. */
export class ModelFileError extends Error {
  readonly code: ModelFileErrorCode;
  readonly details: ModelFileErrorDetails;

  constructor(code: ModelFileErrorCode, message: string, details: ModelFileErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ModelFileError';
    this.code = code;
    this.details = details;
  }
}
