/** Two projects: `unit` needs nothing but Node; `system` starts real servers, databases and processes. */
import { defineConfig } from 'vitest/config';

const SYSTEM_TESTS = ['**/*.integration.test.ts', 'test/e2e/**/*.test.ts'];
const NEVER = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    coverage: {
      include: ['apps/*/src/**', 'packages/*/src/**'],
      exclude: ['**/*.test.ts'],
      reportsDirectory: 'reports/coverage',
    },
    projects: [
      { extends: true, test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...NEVER, ...SYSTEM_TESTS] } },
      {
        extends: true,
        test: { name: 'system', include: SYSTEM_TESTS, exclude: NEVER, testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
