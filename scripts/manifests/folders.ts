/** The folders below `k8s/`: what is written by hand, what is rendered, and the digests that tell whether they still belong together. */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFiles } from './files.ts';

/** The file of digests, readable by `sha256sum --check` too. */
export const DIGESTS = 'k8s/rendered.sha256';

const SOURCES = 'k8s/{base,components,overlays}/**/*.yaml';
const RENDERED = ['[0-9]*.yaml', 'Kustomization'];

/** Names of the strategies: each has a folder in `k8s/overlays` and a rendered one in `k8s`. */
export function strategies(root: string): string[] {
  return readdirSync(join(root, 'k8s/overlays')).sort();
}

/** The rendered files of a strategy, as they are on disk; others in its folder are people's. */
export function readRendered(root: string, strategy: string): RenderedFiles {
  const folder = join(root, 'k8s', strategy);
  const names = globSync(RENDERED, { cwd: folder }).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Writes a strategy's files and removes those that are no longer rendered. */
export function writeRendered(root: string, strategy: string, files: RenderedFiles): void {
  const folder = join(root, 'k8s', strategy);
  mkdirSync(folder, { recursive: true });
  for (const name of readRendered(root, strategy).keys()) if (!files.has(name)) rmSync(join(folder, name));
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

/** A line for each source and each rendered file, by path: its SHA-256 and the path from the root. */
export function digestLines(root: string): string {
  const paths = globSync([SOURCES, ...RENDERED.map((name) => `k8s/*/${name}`)], { cwd: root });
  const lines = paths.sort().map((path) => `${sha256(readFileSync(join(root, path)))}  ${path}\n`);
  return lines.join('');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
