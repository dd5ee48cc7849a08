/**
 * Renders the folders of `k8s/` that people apply from those that are written by hand.
 *
 *     npm run manifests               writes them
 *     npm run manifests -- --check    writes nothing; exit code 1 and the names of those that differ
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RenderedFiles, renderedFiles } from './files.ts';
import { DIGESTS, digestLines, readRendered, strategies, writeRendered } from './folders.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const NO_KUBECTL = `kubectl is not on PATH. It renders the manifests, with the kustomize inside it: https://kubernetes.io/docs/tasks/tools
`;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const rendered = new Map(strategies(ROOT).map((strategy) => [strategy, render(strategy)]));
if (values.check) check();
else write();

function render(strategy: string): RenderedFiles {
  const source = `k8s/overlays/${strategy}`;
  const { error, status, stdout } = spawnSync('kubectl', ['kustomize', source], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if ((error as { code?: string } | undefined)?.code === 'ENOENT') process.stderr.write(NO_KUBECTL);
  if (status !== 0) process.exit(1);
  return renderedFiles(stdout, source);
}

function check(): void {
  const stale = [...rendered].flatMap(([strategy, files]) => {
    const there = readRendered(ROOT, strategy);
    const names = new Set([...files.keys(), ...there.keys()]);
    return [...names].filter((name) => files.get(name) !== there.get(name)).map((name) => `k8s/${strategy}/${name}`);
  });
  if (readFileSync(join(ROOT, DIGESTS), 'utf8') !== digestLines(ROOT)) stale.push(DIGESTS);
  for (const path of stale) process.stderr.write(`${path} is stale: run npm run manifests\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}

function write(): void {
  for (const [strategy, files] of rendered) {
    writeRendered(ROOT, strategy, files);
    process.stdout.write(`k8s/${strategy}: ${files.size - 1} objects\n`);
  }
  writeFileSync(join(ROOT, DIGESTS), digestLines(ROOT));
}
