/** The tests on a real cluster, apart from the others: they need one, and its node ports let only one file run at a time. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PATIENT_EXPECT } from '../conditions.ts';

// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
const isComplete = process.env.IRIS_CLUSTER_SCOPE === 'all';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    name: 'cluster',
    include: [`test/cluster/${isComplete ? '{core,more}' : 'core'}/*.test.ts`],
    globalSetup: ['test/cluster/support/setup.ts'],
    expect: PATIENT_EXPECT,
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 180_000,
  },
});
