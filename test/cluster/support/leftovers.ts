/** Namespaces of these tests, told from those of others by a label. */
import { kubectl } from './kubectl.ts';

/** Carried by every namespace that the tests make, and by none that they do not. */
export const OUR_LABEL = 'iris-cluster-tests=true';

/** Deletes what an interrupted run left, and waits until its node ports are free. */
export async function deleteLeftovers(): Promise<void> {
  await kubectl(['delete', 'namespaces', `--selector=${OUR_LABEL}`, '--timeout=120s']);
}
