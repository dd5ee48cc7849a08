/** What the registry's errors mean to callers: in words of HTTP, without a path of this machine. */
import type { RegistryErrorCode } from '@iris/registry/catalogue';
import { ApiError } from '../../errors.ts';
import type { ChangeFailure } from './change-worker.ts';

const STAYS = 'The model in service is as before.';
const READ_ONLY =
  'This server may not write to the registry. Change the model where it may be written: npm run registry, or node registry.js in a pod with the volume.';

/** A registry that this server may not write to. */
export const UNWRITABLE = new ApiError('REGISTRY_UNWRITABLE', READ_ONLY);

const DISK_FULL = `The disk of the registry is full: remove old versions (npm run registry -- prune), or enlarge it. ${STAYS}`;

const DETAILS: Readonly<Record<Exclude<RegistryErrorCode, 'REGISTRY_MISSING' | 'REGISTRY_UNWRITABLE'>, string>> = {
  REGISTRY_LOCKED: `Another process has been writing to the registry for 20 s: try again later. ${STAYS}`,
  REGISTRY_LOCK_LOST: `This server stood still for so long that another one may write to the registry: try again. ${STAYS}`,
  REGISTRY_VERSION_UNKNOWN: 'The registry has no such version.',
  REGISTRY_VERSION_DAMAGED:
    'The files of this version are damaged or were changed: it cannot be put into service. The registry can be checked with npm run registry -- verify.',
  REGISTRY_VERSION_REFUSED:
    'The gate refused this version, or never judged it. Sending "force": true overrules it, and the history says so.',
  REGISTRY_NO_EARLIER: 'No model was in service before the current one: promote a version instead.',
  REGISTRY_CURRENT_CHANGED: 'Another model is in service by now than the one this change was to replace: look again.',
};

/** The error that a caller gets; an error that is not the registry's or the disk's is a fault of ours. */
export function explainFailure({ code, message, systemCode }: ChangeFailure): ApiError | Error {
  if (code === 'REGISTRY_MISSING')
    return new ApiError('REGISTRY_NOT_MOUNTED', 'REGISTRY_DIR is not a directory: mount the volume.');
  if (code === 'REGISTRY_UNWRITABLE') {
    const isFull = systemCode === 'ENOSPC' || systemCode === 'EDQUOT';
    return isFull ? new ApiError('REGISTRY_UNWRITABLE', DISK_FULL) : UNWRITABLE;
  }
  if (code !== undefined) return new ApiError(code, DETAILS[code]);
  if (systemCode === undefined) return new Error(message);
  return new ApiError('REGISTRY_UNREADABLE', `The registry cannot be read (${systemCode}).`);
}
