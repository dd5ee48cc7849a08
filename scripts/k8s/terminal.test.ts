import { describe, expect, it } from 'vitest';
import { commandLine, processTerminal, runTogether } from './terminal.ts';

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

describe('runTogether', () => {
  it('ends the others where one fails, and says why', async () => {
    const ended: string[] = [];
    const untilEnded = (name: string) => (signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          ended.push(name);
          reject(new Error(`${name} was ended`));
        });
      });
    const failing = async () => {
      throw new Error('the port is taken');
    };
    await expect(runTogether([untilEnded('first'), failing, untilEnded('last')])).rejects.toThrow('the port is taken');
    expect(ended).toEqual(['first', 'last']);
  });
});
