/** Answers of the probes. */
import { Type } from 'typebox';
import { Nullable } from '../nullable.ts';

export const HealthAnswer = Type.Object({
  status: Type.Union([Type.Literal('healthy'), Type.Literal('error')]),
  model_loaded: Type.Boolean(),
  version: Nullable(Type.String()),
  current_model: Nullable(Type.String()),
  detail: Type.Optional(Type.String({ description: 'What is wrong, when status is `error`.' })),
});

export const ProbeAnswer = Type.Object({ status: Type.String(), current_model: Type.String() });
