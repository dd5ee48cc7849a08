/** A PostgreSQL for one test file: a directory of its own, a free port, removed at the end. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeData } from './placement.ts';
import { type LocalPostgres, type LocalPostgresOptions, startLocalPostgres } from './start-local-postgres.ts';

/** `stop` removes the files too. */
export type TemporaryPostgres = LocalPostgres & {
  /** Parent of the data directory; free for a test's other files. */
  readonly directory: string;
};

/** Starts an empty PostgreSQL with one database; takes about a second. */
export async function startTemporaryPostgres(
  options: Pick<LocalPostgresOptions, 'binDirectory'> = {},
): Promise<TemporaryPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-postgres-'));
  // mkdtemp makes mode 700; as root, PostgreSQL runs as another user that has to pass.
  await chmod(directory, 0o755);
  const dataDirectory = join(directory, 'data');
  const remove = () => removeData(dataDirectory).then(() => rm(directory, { recursive: true, force: true }));
  const password = randomBytes(12).toString('hex');
  try {
    const postgres = await startLocalPostgres({
      ...options,
      dataDirectory,
      database: 'iris',
      user: 'iris',
      password,
    });
    return { ...postgres, directory, stop: () => postgres.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
