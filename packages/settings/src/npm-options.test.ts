import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTaken, optionsTakenByNpm } from './npm-options.ts';

const NAMES = ['dataset', 'model', 'min-accuracy', 'no-client'];

/** What a script finds when npm itself runs it. */
function environmentUnderNpm(...words: string[]): Record<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'iris-npm-'));
  try {
    const scripts = { show: 'node -p "JSON.stringify(process.env)"' };
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'show', scripts }));
    const shown = execFileSync('npm', ['run', '--silent', 'show', ...words], { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
    return JSON.parse(shown);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('optionsTakenByNpm', () => {
  it.each([
    [['--dataset', 'churn'], ['--dataset']],
    [
      ['--dataset=churn', '--min-accuracy', '0.9'],
      ['--dataset', '--min-accuracy'],
    ],
    [['--no-client'], ['--no-client']],
    [['--client'], []],
    [[], []],
  ])('finds in the environment of npm run show %j: %j', (words, taken) => {
    expect(optionsTakenByNpm(NAMES, environmentUnderNpm(...words))).toEqual(taken);
  });

  it('finds none behind --', () => {
    // Behind it npm hands all words to the script: Node, which would refuse these, were they not behind another one.
    expect(optionsTakenByNpm(NAMES, environmentUnderNpm('--', '--', '--dataset', 'churn'))).toEqual([]);
  });

  it('says what to write instead', () => {
    expect(describeTaken(['--dataset', '--model'], 'npm start -- --dataset churn')).toBe(
      'npm took --dataset, --model for its own: write -- before the options, as in npm start -- --dataset churn',
    );
  });

  it('says nothing of npm’s own registry, which a user’s .npmrc sets', () => {
    expect(optionsTakenByNpm(['registry', 'keep'], { npm_config_registry: 'https://npm.example/' })).toEqual([]);
  });
});
