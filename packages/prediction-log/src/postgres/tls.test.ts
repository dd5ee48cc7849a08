import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { type Encryption, readEncryption } from './tls.ts';

const directory = mkdtempSync(join(tmpdir(), 'iris-tls-'));
const file = join(directory, 'file.pem');
writeFileSync(file, 'PEM');
afterAll(() => rmSync(directory, { recursive: true }));

const read = (parameters: string, host = 'h') => readEncryption(parseAddress(`postgresql://${host}/d?${parameters}`));

/** In words: in clear, unverified, or by whom and whether for this host. */
function inWords(encryption: Encryption): string {
  if (encryption === false) return 'clear';
  if (!encryption.rejectUnauthorized) return 'unverified';
  return `${encryption.ca ? 'own' : 'public'} authority${encryption.checkServerIdentity ? '' : ' and host'}`;
}

describe('readEncryption', () => {
  it.each([
    ['', ['unverified', 'clear']],
    ['sslmode=disable', ['clear']],
    ['sslmode=allow', ['clear', 'unverified']],
    ['sslmode=prefer', ['unverified', 'clear']],
    ['sslmode=require', ['unverified']],
    ['sslmode=no-verify', ['unverified']],
    ['ssl=true', ['unverified']],
    [`sslmode=require&sslrootcert=${file}`, ['own authority']],
    [`sslmode=verify-ca&sslrootcert=${file}`, ['own authority']],
    [`sslmode=verify-full&sslrootcert=${file}`, ['own authority and host']],
    ['sslmode=verify-full', ['public authority and host']],
    ['sslrootcert=system', ['public authority and host']],
  ])('tries for "%s" %j', (parameters, ways) => {
    expect(read(parameters).map(inWords)).toEqual(ways);
  });

  it('uses no TLS through a socket of the machine, as libpq', () => {
    expect(read('sslmode=require&host=/var/run/postgresql', '')).toEqual([false]);
  });

  it('shows a certificate of its own', () => {
    expect(read(`sslmode=require&sslcert=${file}&sslkey=${file}&sslpassword=p`)[0]).toMatchObject({
      cert: Buffer.from('PEM'),
      key: Buffer.from('PEM'),
      passphrase: 'p',
    });
  });

  it.each([
    ['sslmode=sometimes', /one of disable, allow, prefer, require, verify-ca, verify-full for sslmode, not sometimes/],
    ['sslmode=verify-ca', /sslrootcert with sslmode=verify-ca/],
    ['sslmode=require&sslrootcert=system', /verify-full with sslrootcert=system/],
    ['sslmode=verify-full&sslrootcert=/nowhere.pem', /can be read in sslrootcert: ENOENT/],
    [`sslcert=${file}`, /both or none of sslcert and sslkey/],
    ['sslcrl=/a.crl', /sslcrl=\/a.crl, which is not supported/],
    ['channel_binding=require', /channel_binding=require, which is not supported/],
    ['target_session_attrs=read-write', /not supported/],
  ])('refuses "%s" in one line, rather than doing less', (parameters, message) => {
    expect(() => read(parameters)).toThrow(
      expect.objectContaining({ code: 'PREDICTION_LOG_ADDRESS_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('lets values of these pass that ask for nothing', () => {
    expect(read('channel_binding=prefer&target_session_attrs=any&gssencmode=disable&unknown=1')).toHaveLength(2);
  });
});
