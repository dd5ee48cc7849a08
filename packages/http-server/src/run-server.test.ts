import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

/** A process that runs a server whose `start` has this body; `say` writes a line to standard output. */
function run(start: string, codes = 'undefined'): ChildProcess {
  const program = `
    import { runServer } from ${JSON.stringify(join(import.meta.dirname, 'run-server.ts'))};
    import { SettingsError } from '@iris/settings';
    const say = (line) => process.stdout.write(line + '\\n');
    await runServer(process, async () => { ${start} }, ${codes});`;
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: import.meta.dirname });
}

async function outcome(child: ChildProcess) {
  const [[code], error] = await Promise.all([once(child, 'exit'), text(child.stderr!)]);
  return { code, error };
}

const SERVING = 'setInterval(() => {}, 1000);';

describe('a process that serves', () => {
  it('shuts down on a signal and leaves with 0', async () => {
    const child = run(`${SERVING} say('ready'); return { shutDown: async () => say('closed') };`);
    await once(child.stdout!, 'data');
    const closed = once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(String(await closed)).toBe('closed\n');
    expect(await outcome(child)).toEqual({ code: 0, error: '' });
  });

  it('ends what it had begun, where the signal comes before it has started', async () => {
    const child = run(
      `${SERVING} say('starting'); await new Promise((go) => process.once('SIGTERM', go)); return { shutDown: async () => {} };`,
    );
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(await outcome(child)).toEqual({ code: 0, error: '' });
  });

  it('leaves at once at a second signal', async () => {
    const child = run(`${SERVING} say('ready'); return { shutDown: () => new Promise(() => say('draining')) };`);
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(await outcome(child)).toEqual({ code: 1, error: '' });
  });

  it('tells a shutdown that failed', async () => {
    const child = run(`${SERVING} say('ready'); return { shutDown: async () => { throw new Error('rows are left'); } };`);
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(await outcome(child)).toEqual({
      code: 1,
      error: expect.stringContaining('The shutdown failed: Error: rows are left'),
    });
  });
});

describe('a process that cannot start', () => {
  it.each([
    [
      'wrong settings',
      `throw new SettingsError([{ key: 'PORT', detail: 'must be a number' }]);`,
      'undefined',
      'PORT: must be a number\n',
    ],
    [
      'an address in use',
      `throw Object.assign(new Error('port 1 is taken'), { code: 'LISTEN_FAILED' });`,
      'undefined',
      'port 1 is taken\n',
    ],
    [
      'a fault that its program counts as one',
      `throw Object.assign(new Error('no model'), { code: 'MODEL_GONE' });`,
      '/^MODEL_/',
      'no model\n',
    ],
  ])('leaves with 78 and the message alone for %s', async (_name, start, codes, error) => {
    expect(await outcome(run(start, codes))).toEqual({ code: 78, error });
  });

  it('leaves with 1 and the stack for any other fault', async () => {
    expect(await outcome(run(`throw new TypeError('a bug');`, '/^MODEL_/'))).toEqual({
      code: 1,
      error: expect.stringMatching(/^TypeError: a bug\n\s+at /),
    });
  });
});
