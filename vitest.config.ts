/** Two projects: `unit` needs nothing but Node; `system` starts real servers, databases and processes. */
import { defineConfig } from 'vitest/config';

const SYSTEM_TESTS = ['**/*.integration.test.ts', 'test/e2e/**/*.test.ts'];
const NEVER = ['**/node_modules/**', '**/dist/**'];
// Python's clients need more than Node and npm, so that they run where someone asks for them, as .ci/run does.
// biome-ignore lint/style/noProcessEnv: the one setting of a test run
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo runs the unit tests only
const UNASKED = process.env.IRIS_PYTHON_CLIENTS === '1' ? [] : ['test/e2e/clients/**'];

export default defineConfig({
  test: {
    coverage: {
      include: ['apps/*/src/**', 'packages/*/src/**'],
      exclude: ['**/*.test.ts'],
      reportsDirectory: 'reports/coverage',
    },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...NEVER, ...SYSTEM_TESTS], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: SYSTEM_TESTS,
          exclude: [...NEVER, ...UNASKED],
          globalSetup: 'test/e2e/support/train-models.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
