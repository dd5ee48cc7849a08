import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'iris-count-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function report(name: string, numPassedTests: number, numFailedTests: number): string {
  const path = join(scratch, name);
  const failed = { status: 'failed', fullName: 'one', failureMessages: ['no'] };
  const testResults = [{ name, status: 'failed', message: '', assertionResults: Array(numFailedTests).fill(failed) }];
  writeFileSync(path, JSON.stringify({ numPassedTests, testResults: numFailedTests > 0 ? testResults : [] }));
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
    expect(count(report('a', 3, 0), report('b', 4, 1))).toEqual({
      status: 1,
      stdout: 'FAILED b: one\n  no\n7 passed, 1 failed\n',
    });
  });

  it('is preceded by what failed, files that could not be loaded among it', () => {
    const path = join(scratch, 'told');
    const assertionResults = [
      { status: 'passed', fullName: 'a drain loses nothing', failureMessages: [] },
      { status: 'failed', fullName: 'a drain ends', failureMessages: ['Error: expected 503\nat line 4'] },
    ];
    const testResults = [
      { name: 'drain.test.ts', status: 'failed', message: '', assertionResults },
      { name: 'syntax.test.ts', status: 'failed', message: 'Unexpected token', assertionResults: [] },
      { name: 'good.test.ts', status: 'passed', message: '', assertionResults: [] },
    ];
    writeFileSync(path, JSON.stringify({ numPassedTests: 2, testResults }));
    expect(count(path)).toEqual({
      status: 1,
      stdout:
        'FAILED drain.test.ts: a drain ends\n  Error: expected 503\n  at line 4\nFAILED syntax.test.ts\n  Unexpected token\n2 passed, 2 failed\n',
    });
  });

  it('fails when a report is missing or counts nothing, whatever the others say', () => {
    expect(count(report('a', 3, 0), join(scratch, 'none'))).toEqual({ status: 1, stdout: '3 passed, 0 failed\n' });
    expect(count(report('a', 3, 0), report('empty', 0, 0))).toMatchObject({ status: 1 });
  });
});
