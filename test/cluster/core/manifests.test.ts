import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { strategies } from '../../../scripts/manifests/folders.ts';
import { ROOT } from '../../repository.ts';
import { folderDocuments } from '../support/folders.ts';
import { kubectl } from '../support/kubectl.ts';
import { useSuite } from '../support/suite.ts';

const suite = useSuite('manifests');
const run = promisify(execFile);
const folders = strategies(ROOT);
const hasKubeScore = spawnSync('kube-score', ['version']).status === 0;

/** Bare pods are admitted only where their ServiceAccount is. */
beforeAll(() => suite.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'api' } }));

/** Findings that are neither answered by an annotation nor only advice. */
async function criticalFindings(folder: string): Promise<string[]> {
  const path = join(ROOT, 'k8s', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.yaml'));
  const scored = await run('kube-score', ['score', '--output-format=ci', ...files], { cwd: path }).catch((error) => error);
  expect(scored.stdout).toMatch(/^\[OK\]/m);
  return scored.stdout.split('\n').filter((line: string) => line.startsWith('[CRITICAL]'));
}

describe('P5-9: the folders of k8s', () => {
  it.each(folders)('the API server takes all of %s', async (folder) => {
    // Namespaces that a folder brings are not there yet, so that its objects are tried in another, which is restricted too.
    const here = folderDocuments(folder).replaceAll(/^( +)namespace: .*$/gm, `$1namespace: ${suite.namespace}`);
    const place = ['--namespace', suite.namespace];
    const answer = await kubectl([...place, 'apply', '--dry-run=server', '--warnings-as-errors', '--filename=-'], here);
    expect(answer).toMatch(/\(server dry run\)/);
  });

  it('are what their sources render', async () => {
    await expect(run('npm', ['run', '--silent', 'manifests', '--', '--check'], { cwd: ROOT })).resolves.toMatchObject({
      stderr: '',
    });
  });

  it.runIf(hasKubeScore).each(folders)('kube-score finds nothing critical in %s that is not answered', async (folder) => {
    expect(await criticalFindings(folder)).toEqual([]);
  });
});
