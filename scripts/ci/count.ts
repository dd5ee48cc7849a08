/** Closes a run: `N passed, M failed`, summed over vitest's own reports. A report that is not there, or counts nothing, is a failure. */
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
  if (report.numPassedTests === 0) process.exitCode = 1;
  passed += report.numPassedTests;
  failed += report.numFailedTests;
}
if (failed > 0) process.exitCode = 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
