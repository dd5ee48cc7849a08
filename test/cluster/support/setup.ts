/** vitest's global set-up of the cluster tests: a cluster that answers and has the images, and nothing left of an earlier run. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { IMAGES } from '../../../scripts/images/catalogue.ts';
import { type ChromiumProgram, findChromium } from '../../e2e/web/support/chromium.ts';
import { ROOT } from '../../repository.ts';
import { REPORTS } from './artifacts.ts';
import { missingImages, readNodes } from './images.ts';
import { kubectl } from './kubectl.ts';
import { deleteLeftovers } from './leftovers.ts';
import { readRows, reportOf } from './report.ts';
import { until } from './until.ts';

/** Others, PostgreSQL's and curl's, a cluster fetches itself. */
const OUR_IMAGES = IMAGES.flatMap(({ tags }) => tags);
/** Nodes tell of a new image within a minute. */
const IMAGES_MS = 60_000;

declare module 'vitest' {
  export interface ProvidedContext {
    /** The browser to launch. */
    chromium: ChromiumProgram;
    /** How many nodes the cluster has. */
    nodes: number;
  }
}

/** Runs before all test files; what it returns, after them. */
export async function setup(project: TestProject): Promise<() => void> {
  await expectCluster();
  await expectImages();
  await deleteLeftovers();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  project.provide('chromium', await findChromium());
  project.provide('nodes', (await readNodes()).length);
  return () => writeFileSync(join(ROOT, 'reports/cluster.md'), reportOf(readRows()));
}

async function expectCluster(): Promise<void> {
  await kubectl(['version', '--request-timeout=10s']).catch((error: Error) => {
    throw new Error(`no cluster answers. Set KUBECONFIG to one of yours, or make one: npm run k8s -- setup\n${error.message}`);
  });
}

async function expectImages(): Promise<void> {
  let missing: string[] = [];
  const allThere = async () => {
    missing = missingImages(await readNodes(), OUR_IMAGES);
    return missing.length === 0 || undefined;
  };
  await until('all images', allThere, IMAGES_MS).catch(() => {
    throw new Error(`images are missing; run npm run images && npm run k8s -- load\n${missing.join('\n')}`);
  });
}
