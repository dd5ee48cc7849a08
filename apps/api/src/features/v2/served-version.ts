/** Which model a path means: the protocol's model is the dataset, its version the served model's. */
import { ApiError } from '../../errors.ts';
import type { ServedModel } from '../../models/served-model.ts';

/** Path parameters of a model's routes; without a version the served one is meant. */
export interface ModelPath {
  readonly model: string;
  readonly version?: string | undefined;
}

/**
 * Asserts that the path means the model in service.
 *
 * @throws ApiError `NOT_FOUND` otherwise.
 */
export function requireServed({ model, version }: ModelPath, served: ServedModel): void {
  if (model !== served.schema.name) throw new ApiError('NOT_FOUND', 'There is no model of this name.');
  if (version !== undefined && version !== served.version) throw new ApiError('NOT_FOUND', 'This version is not served.');
}
