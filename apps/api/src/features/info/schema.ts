/** Answers of `/` and `/version`; null while no model is loaded. */
import { Type } from 'typebox';
import { Nullable } from '../nullable.ts';

export const InfoAnswer = Type.Object({
  name: Type.String(),
  description: Type.String(),
  version: Nullable(Type.String()),
  model: Nullable(Type.String()),
  prediction_log: Type.String({ description: 'Whether predictions are kept: `on` or `off`.' }),
  links: Type.Record(Type.String(), Type.String()),
});

export const VersionAnswer = Type.Object({
  version: Nullable(Type.String()),
  model: Nullable(Type.String()),
  dataset: Nullable(Type.String()),
  checksum: Nullable(Type.String()),
  build: Type.String(),
  environment: Type.String(),
  instance: Type.String({ description: 'Pod or host that answered.' }),
});
