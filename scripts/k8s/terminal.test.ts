import { describe, expect, it } from 'vitest';
import { commandLine, processTerminal } from './terminal.ts';

describe('commandLine', () => {
  it('is what one would type', () => {
    expect(commandLine('kubectl', ['get', 'pods', '--selector', 'app in (a,b)', '-o=json'])).toBe(
      "kubectl get pods --selector 'app in (a,b)' -o=json",
    );
  });

  it('quotes quotes', () => {
    expect(commandLine('echo', ["it's"])).toBe(`echo 'it'\\''s'`);
  });
});

describe('processTerminal', () => {
  const terminal = { ...processTerminal(), say: () => undefined };

  it('returns what a command prints', async () => {
    expect(await terminal.read('node', ['-p', '6 * 7'])).toBe('42\n');
  });

  it('gives a command its input', async () => {
    expect(await terminal.read('node', ['-e', 'process.stdin.pipe(process.stdout)'], { stdin: 'secret' })).toBe('secret');
  });

  it('says which command failed', async () => {
    await expect(terminal.run('node', ['-e', 'process.exit(3)'])).rejects.toThrow('node -e failed; see above.');
  });

  it('says that a program is not there', async () => {
    await expect(terminal.run('no-such-program', [])).rejects.toThrow('no-such-program is not on PATH: install it first');
  });

  it('ends a command', async () => {
    const end = new AbortController();
    const running = terminal.run('node', ['-e', 'setInterval(() => {}, 1000)'], { signal: end.signal });
    end.abort();
    await expect(running).rejects.toThrow('node -e failed');
  });
});
