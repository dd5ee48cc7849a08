/** Three projects: `unit` needs nothing but Node; `system` starts real servers, databases and processes; `browser` drives the web client. */
import { defineConfig } from 'vitest/config';
import { PATIENT_EXPECT } from './test/conditions.ts';

const BROWSER_TESTS = ['test/e2e/web/**/*.test.ts'];
const SYSTEM_TESTS = ['**/*.integration.test.ts', 'test/e2e/**/*.test.ts'];
// They need Docker or a cluster: `npm run test:images` and `npm run test:cluster`, whose configurations are theirs.
const OUTSIDE_TESTS = ['test/images/*.test.ts', 'test/cluster/{core,more}/**'];
const NEVER = ['**/node_modules/**', '**/dist/**', '**/.next/**'];
// Python's clients need more than Node and npm, so that they run where someone asks for them, as .ci/run does.
// biome-ignore lint/style/noProcessEnv: the one setting of a test run
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo runs the unit tests only
const UNASKED = process.env.IRIS_PYTHON_CLIENTS === '1' ? [] : ['test/e2e/clients/**'];

export default defineConfig({
  test: {
    // The tests of servers and browsers wait more than they compute: with the default, one less than there are cores, one of two would idle.
    maxWorkers: 2,
    expect: PATIENT_EXPECT,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ['apps/*/src/**', 'packages/*/src/**'],
      exclude: ['**/*.test.ts'],
      reportsDirectory: 'reports/coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...NEVER, ...SYSTEM_TESTS, ...OUTSIDE_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: SYSTEM_TESTS,
          exclude: [...NEVER, ...UNASKED, ...BROWSER_TESTS],
          globalSetup: ['test/e2e/support/train-models.ts', 'test/e2e/support/build-client.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER_TESTS,
          exclude: NEVER,
          globalSetup: ['train-models', 'build-client', '../web/support/stage'].map((name) => `test/e2e/support/${name}.ts`),
        },
      },
    ],
  },
});
