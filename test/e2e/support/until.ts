/** Waits in a hook for a condition, as `expect.poll` does in a test. */
import { vi } from 'vitest';
import { CONDITION_MS } from '../../conditions.ts';

/**
 * Resolves when it is so.
 *
 * @throws Error when it has not become so in time.
 */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const check = async () => {
    if (!(await isSo())) throw new Error(`it did not become so: ${isSo}`);
  };
  await vi.waitFor(check, { timeout: CONDITION_MS, interval: 50 });
}
