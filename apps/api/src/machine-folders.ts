/** Folders of this machine that a program may keep things in without being told: where, and for how long they last. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';

/** A place to try. */
export interface MachineFolder {
  readonly path: string;
  /** Whether it outlives a restart of the machine or container. */
  readonly isLasting: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the choice depends on. */
export interface Machine {
  readonly environment: Environment;
  readonly platform: string;
  /** User id; undefined on Windows. */
  readonly uid: number | undefined;
  /** Whether the file system goes with the container. */
  readonly isContainer: boolean;
}

/** The machine that this process is on. */
export function readMachine(environment: Environment, platform: string, uid: number | undefined): Machine {
  const isContainer =
    environment.KUBERNETES_SERVICE_HOST !== undefined || ['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(path));
  return { environment, platform, uid, isContainer };
}

/** The user's folder for state (XDG Base Directory Specification, and its like elsewhere), then one below the folder for temporary files. */
export function machineFolders({ environment, platform, uid, isContainer }: Machine): MachineFolder[] {
  const state = stateFolder(environment, platform);
  return [
    ...(state === undefined ? [] : [{ path: state, isLasting: !isContainer }]),
    { path: join(tmpdir(), uid === undefined ? 'iris' : `iris-${uid}`), isLasting: false },
  ];
}

function stateFolder({ XDG_STATE_HOME, HOME, LOCALAPPDATA }: Environment, platform: string): string | undefined {
  if (platform === 'win32') return LOCALAPPDATA && join(LOCALAPPDATA, 'Iris');
  if (platform === 'darwin') return HOME && posix.join(HOME, 'Library', 'Application Support', 'Iris');
  // The specification: a relative path is to be ignored.
  if (XDG_STATE_HOME?.startsWith('/')) return posix.join(XDG_STATE_HOME, 'iris');
  return HOME ? posix.join(HOME, '.local', 'state', 'iris') : undefined;
}
