/**
 * Closes a run: what failed, then `N passed, M failed`, summed over vitest's own reports.
 * A report that is not there, or counts nothing, is a failure.
 */
import { existsSync, readFileSync } from 'node:fs';

type Report = {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
};

/** Enough of a failure's text to recognise it: its first lines, without the stack. */
const FAILURE_CHARACTERS = 1200;

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  const report = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined;
  if (report === undefined || report.numPassedTests === 0) process.exitCode = 1;
  if (report === undefined) continue;
  const lines = failures(report);
  passed += report.numPassedTests;
  failed += lines.length;
  for (const line of lines) process.stdout.write(`${line}\n`);
}
if (failed > 0) process.exitCode = 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);

/** The last lines are what a reader of a long log sees first, so that they name what failed. */
function failures({ testResults }: Report): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      // A file that could not be loaded, or whose hooks failed, has a message of its own.
      if (tests.length === 0) return [`FAILED ${name}\n  ${excerpt(message)}`];
      return tests.map(
        ({ fullName, failureMessages }) => `FAILED ${name}: ${fullName}\n  ${excerpt(failureMessages.join('\n'))}`,
      );
    });
}

function excerpt(text: string): string {
  return text.slice(0, FAILURE_CHARACTERS).trim().replaceAll('\n', '\n  ');
}
