/** Addresses of registered models: `models:/iris@champion` and `models:/iris/3`, as MLflow writes them. */
import { TrackingError } from './errors.ts';

const FORM = /^models:\/+(?<name>[^/@]+)(?:@(?<alias>[^/@]+)|\/(?<version>[1-9]\d{0,8}))$/;

/** A version of a registered model, by its number or by what points at it. */
export type ModelUri = { readonly name: string } & ({ readonly alias: string } | { readonly version: string });

/**
 * Reads a model's address.
 *
 * @throws TrackingError `TRACKING_ADDRESS`
 */
export function parseModelUri(uri: string): ModelUri {
  const { name, alias, version } = FORM.exec(uri)?.groups ?? {};
  if (name !== undefined && alias !== undefined) return { name, alias };
  if (name !== undefined && version !== undefined) return { name, version };
  throw new TrackingError(
    'TRACKING_ADDRESS',
    `must be models:/NAME@ALIAS or models:/NAME/VERSION, such as models:/iris@champion`,
  );
}
