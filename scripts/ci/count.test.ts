import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'iris-count-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function report(name: string, numPassedTests: number, numFailedTests: number): string {
  const path = join(scratch, name);
  writeFileSync(path, JSON.stringify({ numPassedTests, numFailedTests }));
  return path;
}

function count(...paths: string[]) {
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'count.ts'), ...paths], { encoding: 'utf8' });
  return { status, stdout };
}

describe('the closing line', () => {
  it('sums the reports', () => {
    expect(count(report('a', 3, 0), report('b', 4, 0))).toEqual({ status: 0, stdout: '7 passed, 0 failed\n' });
  });

  it('fails with a failed test', () => {
    expect(count(report('a', 3, 0), report('b', 4, 1))).toEqual({ status: 1, stdout: '7 passed, 1 failed\n' });
  });

  it('fails when a report is missing or counts nothing, whatever the others say', () => {
    expect(count(report('a', 3, 0), join(scratch, 'none'))).toEqual({ status: 1, stdout: '3 passed, 0 failed\n' });
    expect(count(report('a', 3, 0), report('empty', 0, 0))).toMatchObject({ status: 1 });
  });
});
