/** The tests of the images, apart from the others: they need Docker, and build the images first. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PATIENT_EXPECT } from '../conditions.ts';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    name: 'images',
    include: ['test/images/*.test.ts'],
    globalSetup: ['test/images/support/build-images.ts'],
    // One after the other: some of them measure.
    expect: PATIENT_EXPECT,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
