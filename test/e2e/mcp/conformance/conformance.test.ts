/** The protocol's conformance suite judges the server's transports. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixtureServer } from './fixture-server.ts';

const require = createRequire(import.meta.url);
const PACKAGE = dirname(require.resolve('@modelcontextprotocol/conformance/package.json'));
const EXPECTED_FAILURES = join(import.meta.dirname, 'expected-failures.yaml');
/** Longest wait of the suite for an answer. */
const ANSWER_MS = 8000;
const SUITE_MS = 180_000;

let server: Awaited<ReturnType<typeof startFixtureServer>>;
const directory = mkdtempSync(join(tmpdir(), 'iris-conformance-'));
beforeAll(async () => {
  server = await startFixtureServer();
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

/** Runs the suite of a revision; gives its exit code and what it printed. */
function runSuite(revision: string, more: readonly string[] = []): Promise<{ readonly code: unknown; readonly printed: string }> {
  const program = join(PACKAGE, 'dist/index.js');
  const options = [
    '--url',
    server.url,
    '--requirements',
    revision,
    '--timeout',
    String(ANSWER_MS),
    '-o',
    join(directory, revision),
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'server', ...options, ...more], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, printed: stdout + stderr }),
    );
  });
}

describe('@modelcontextprotocol/conformance', () => {
  it('F3-5: passes every scored scenario of revision 2026-07-28', { timeout: SUITE_MS }, async () => {
    const { code, printed } = await runSuite('2026-07-28');
    expect(code, printed.slice(-5000)).toBe(0);
  });

  it('F3-5: passes revision 2025-11-25 but for what needs a session', { timeout: SUITE_MS }, async () => {
    const { code, printed } = await runSuite('2025-11-25', ['--expected-failures', EXPECTED_FAILURES]);
    expect(code, printed.slice(-5000)).toBe(0);
  });
});
