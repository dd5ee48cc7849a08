/** Errors of the registry: one class, a code, and the values that explain it. */

/**
 * - `REGISTRY_MISSING`: there is no such directory.
 * - `REGISTRY_UNWRITABLE`: the disk is full, read-only, or not ours to write; the message says which model is in service.
 * - `REGISTRY_LOCKED`: another writer did not come to an end in time.
 * - `REGISTRY_LOCK_LOST`: this process stood still for so long that another took the lock over; nothing was changed since.
 * - `REGISTRY_VERSION_UNKNOWN`: there is no version, and no file, of this name.
 * - `REGISTRY_VERSION_DAMAGED`: it is there and cannot be served.
 * - `REGISTRY_VERSION_REFUSED`: the gate refused it, or never judged it: promoting it takes `force`.
 * - `REGISTRY_NO_EARLIER`: no model was in service before the current one.
 * - `REGISTRY_CURRENT_CHANGED`: another model is in service by now than who asks for the change has seen.
 */
export type RegistryErrorCode =
  | 'REGISTRY_MISSING'
  | 'REGISTRY_UNWRITABLE'
  | 'REGISTRY_LOCKED'
  | 'REGISTRY_LOCK_LOST'
  | 'REGISTRY_VERSION_UNKNOWN'
  | 'REGISTRY_VERSION_DAMAGED'
  | 'REGISTRY_VERSION_REFUSED'
  | 'REGISTRY_NO_EARLIER'
  | 'REGISTRY_CURRENT_CHANGED';

/** A registry that cannot be read or changed as asked. */
export class RegistryError extends Error {
  readonly code: RegistryErrorCode;

  constructor(code: RegistryErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RegistryError';
    this.code = code;
  }
}
