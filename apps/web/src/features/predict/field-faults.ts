/** Faults that the API found in a sample, by the field that they belong to. */
import type { ApiProblem, FieldFault } from '../../lib/api/client.ts';

/** Faults by feature name. */
export type FieldFaults = Readonly<Record<string, string>>;

/** The first fault of each feature that a problem points at. */
export function fieldFaults(problem: Pick<ApiProblem, 'errors'> | undefined): FieldFaults {
  const faults = problem?.errors ?? [];
  const byFeature = faults.toReversed().map(({ pointer, detail }: FieldFault) => [featureAt(pointer), detail]);
  // A feature may be called as a member that every object has.
  return Object.assign(Object.create(null), Object.fromEntries(byFeature));
}

/** The property that a JSON pointer (RFC 6901) begins with. */
function featureAt(pointer: string): string {
  return (pointer.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}
