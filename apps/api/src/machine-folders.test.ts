import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Machine, machineFolders } from './machine-folders.ts';

const MACHINE: Machine = { environment: {}, platform: 'linux', uid: 1000, isContainer: false };
const TEMPORARY = { path: join(tmpdir(), 'iris-1000'), isLasting: false };
const folders = (change: Partial<Machine>) => machineFolders({ ...MACHINE, ...change });

describe('machineFolders', () => {
  it.each([
    ['linux', { HOME: '/home/ada' }, '/home/ada/.local/state/iris'],
    ['linux', { HOME: '/home/ada', XDG_STATE_HOME: '/state' }, '/state/iris'],
    ['linux', { HOME: '/home/ada', XDG_STATE_HOME: 'relative' }, '/home/ada/.local/state/iris'],
    ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/Iris'],
  ])('has the state folder of a user first, on %s with %o', (platform, environment, path) => {
    expect(folders({ platform, environment })).toEqual([{ path, isLasting: true }, TEMPORARY]);
  });

  it('has the folder for temporary files where there is no home', () => {
    expect(folders({})).toEqual([TEMPORARY]);
  });

  it('calls nothing lasting in a container', () => {
    expect(folders({ environment: { HOME: '/root' }, isContainer: true }).map(({ isLasting }) => isLasting)).toEqual([
      false,
      false,
    ]);
  });
});
