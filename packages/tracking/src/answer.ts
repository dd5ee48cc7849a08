/** Reads members of an answer: what a server says is unknown until it is looked at. */
import { TrackingError } from './errors.ts';

/**
 * The text at a path of members, such as `['run', 'info', 'run_id']`.
 *
 * @throws TrackingError `TRACKING_ANSWER` where there is none.
 */
export function textAt(answer: unknown, ...path: readonly string[]): string {
  const value = valueAt(answer, ...path);
  if (typeof value === 'string') return value;
  throw new TrackingError('TRACKING_ANSWER', `the answer has no text ${path.join('.')}: is it an MLflow server?`);
}

/** The list at a path of members; an empty one is left out by MLflow. */
export function listAt(answer: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(answer, ...path);
  return Array.isArray(value) ? value : [];
}

/** The value at a path of members; undefined where there is none. */
export function valueAt(answer: unknown, ...path: readonly string[]): unknown {
  let value = answer;
  for (const key of path) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return value;
}

/** Tags as MLflow lists them, by their keys. */
export function tagsAt(answer: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listAt(answer, ...path).map((tag) => [String(valueAt(tag, 'key')), String(valueAt(tag, 'value') ?? '')]),
  );
}

/** Text by key, as MLflow wants it listed. */
export function listTags(tags: Readonly<Record<string, string>>): { readonly key: string; readonly value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
