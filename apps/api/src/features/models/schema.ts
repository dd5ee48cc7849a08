/** Queries, bodies and answers of `/models`. */
import type { Verdict } from '@iris/registry/catalogue';
import { Type } from 'typebox';
import { Nullable } from '../nullable.ts';

export const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
/** Entries of the history in an answer. */
export const HISTORY_LIMIT = 50;
const MAX_REASON_CHARACTERS = 500;
/** Neither control characters nor what turns the direction of writing: a reason is shown in terminals and pages, beside others'. */
const PLAIN_TEXT = '^(?=.*\\S)[^\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]+$';
/** Names of versions, as `@iris/registry` gives them: four digits, and more only where four are too few. */
export const VERSION_PATTERN = '^v(\\d{4}|[1-9]\\d{4,8})$';

export const ListQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.String({
        pattern: '^([1-9]\\d?|100)$',
        description: `Versions in the answer, 1 to ${MAX_LIMIT}; ${DEFAULT_LIMIT} unless given.`,
      }),
    ),
    before: Type.Optional(Type.String({ pattern: VERSION_PATTERN, description: '`next_before` of the answer before.' })),
  },
  { additionalProperties: false },
);

export const VersionParams = Type.Object({ version: Type.String({ pattern: VERSION_PATTERN, description: 'Such as `v0002`.' }) });

const seen = Type.Optional(
  Nullable(
    Type.String({
      maxLength: 200,
      description: 'What was in service when the change was decided on. Where another model is by now, the change is refused.',
    }),
  ),
);
const reason = Type.String({
  minLength: 1,
  maxLength: MAX_REASON_CHARACTERS,
  pattern: PLAIN_TEXT,
  description: 'Why, for the history: one line.',
});

export const PromoteBody = Type.Object(
  {
    version: Type.String({ pattern: VERSION_PATTERN, description: 'Such as `v0002`.' }),
    reason,
    force: Type.Optional(
      Type.Boolean({ description: 'Also a version that the gate refused or never judged; the history says so.' }),
    ),
    seen,
  },
  { additionalProperties: false },
);

export const RollbackBody = Type.Object({ reason, seen }, { additionalProperties: false });

const HistoryEntry = Type.Object({
  at: Type.String({ description: 'ISO 8601.' }),
  by: Type.String(),
  action: Type.String({ description: '`promote`, `rollback` or `remove`.' }),
  version: Type.String(),
  previous: Nullable(Type.String({ description: 'What was in service before.' })),
  reason: Type.String(),
  forced: Type.Boolean({ description: 'Whether the gate was overruled.' }),
});

const Version = Type.Object({
  name: Type.String(),
  is_current: Type.Boolean(),
  verdict: Nullable(Type.Unsafe<Verdict['verdict']>({ type: 'string', enum: ['passed', 'refused'] })),
  judged_at: Nullable(Type.String()),
  model: Nullable(Type.String({ description: '`rf`, `gbt`, `svm` or `logreg`.' })),
  version: Nullable(Type.String({ description: 'That the model was given when it was trained.' })),
  accuracy: Nullable(Type.Number()),
  log_loss: Nullable(Type.Number()),
  calibration_error: Nullable(Type.Number()),
  not_met: Type.Array(Type.String(), { description: 'Conditions of the gate that the version does not meet.' }),
});

const change = Type.Object({
  allowed: Type.Boolean(),
  code: Nullable(Type.String({ description: 'Of the error that a change would be answered with.' })),
  detail: Nullable(Type.String()),
});

export const ModelsAnswer = Type.Object({
  source: Type.Unsafe<'registry' | 'mlflow' | 'file'>({
    type: 'string',
    enum: ['registry', 'mlflow', 'file'],
    description: 'Where the model in service comes from.',
  }),
  place: Nullable(Type.String({ description: 'Of MLflow the address, of a file its name.' })),
  current: Nullable(Type.String({ description: 'The model that the registry says is in service.' })),
  served: Nullable(Type.String({ description: 'The model that this instance serves.' })),
  problem: Nullable(Type.String({ description: 'Why this instance does not serve the current one.' })),
  change,
  total: Type.Integer({ description: 'Versions in the registry.' }),
  versions: Type.Array(Version, { description: 'Newest first.' }),
  next_before: Nullable(Type.String({ description: 'Sent as `before`, it gives the versions that follow.' })),
  history: Type.Array(HistoryEntry, { description: `The newest ${HISTORY_LIMIT} changes, newest first.` }),
});

export const VersionAnswer = Type.Object({
  name: Type.String(),
  is_current: Type.Boolean(),
  verdict: Nullable(
    Type.Unsafe<Verdict>({
      type: 'object',
      additionalProperties: true,
      description: 'What the gate said, with all figures: `verdict.json` of the version.',
    }),
  ),
  history: Type.Array(HistoryEntry),
});

export const ChangeAnswer = Type.Object({
  current: Type.String({ description: 'In service from now on; the servers follow within a second or two.' }),
  previous: Nullable(Type.String()),
  changed: Type.Boolean({ description: 'False where it was in service already.' }),
  by: Type.String({ description: 'Who made the change, as the history says it.' }),
});
