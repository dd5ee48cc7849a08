/**
 * The tests on the cluster that `KUBECONFIG` names.
 *
 *     npm run test:cluster                         the core: what .ci/run proves each time
 *     npm run test:cluster -- --all                all of it
 *     npm run test:cluster -- [--all] rolling      only files whose path holds the word; vitest's options go through too
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const REPORTERS = ['--reporter=default', '--reporter=json', '--outputFile.json=reports/cluster.json'];

const given = process.argv.slice(2);
const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    `--config=${join(import.meta.dirname, 'vitest.config.ts')}`,
    ...REPORTERS,
    ...given.filter((word) => word !== '--all'),
  ],
  { stdio: 'inherit', env: { ...process.env, ...(given.includes('--all') && { IRIS_CLUSTER_SCOPE: 'all' }) } },
);
process.exitCode = status ?? 1;
