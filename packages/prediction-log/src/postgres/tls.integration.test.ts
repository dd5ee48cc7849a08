/** `sslmode` and sockets against a real PostgreSQL: with a certificate of its own signing, with an authority's, without TLS, and with rules for who may come how. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import { testRecord } from '../test-records.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TemporaryPostgres;
let files = '';
let rules = '';
let ruleFile = '';
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  files = join(postgres.directory, 'tls');
  mkdirSync(files);
  chmodSync(files, 0o755);
  sign('self', 'localhost');
  sign('ca', 'authority of the test');
  sign('signed', 'localhost', 'ca');
  sign('elsewhere', 'elsewhere.invalid', 'ca');
  sign('client', 'other', 'ca');
  ruleFile = (await sql('SHOW hba_file'))[0]?.hba_file as string;
  rules = readFileSync(ruleFile, 'utf8');
});
afterEach(async () => {
  writeFileSync(ruleFile, rules);
  await configure({ ssl: 'off' });
});
afterAll(() => postgres.stop());

/** Makes a key and a certificate for a host, signed by itself or by another one. */
function sign(name: string, host: string, authority?: string): void {
  const [key, certificate] = [join(files, `${name}.key`), join(files, `${name}.crt`)];
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-days', '2'];
  const signer =
    authority === undefined ? [] : ['-CA', join(files, `${authority}.crt`), '-CAkey', join(files, `${authority}.key`)];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject, ...signer], { stdio: 'pipe' });
  // PostgreSQL runs as another user where the tests run as root.
  const { uid, gid } = statSync(join(postgres.directory, 'data'));
  chownSync(key, uid, gid);
  chmodSync(key, 0o600);
}

const sql = (text: string) => runSql(postgres.url, text);

async function configure(settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) await sql(`ALTER SYSTEM SET ${name} = '${value}'`);
  await sql('SELECT pg_reload_conf()');
  await expect.poll(async () => (await sql('SHOW ssl'))[0]?.ssl).toBe(settings.ssl);
}

/** The server shows that certificate, and who says so trusts the authority. */
const serve = (name: string) =>
  configure({
    ssl_cert_file: join(files, `${name}.crt`),
    ssl_key_file: join(files, `${name}.key`),
    ssl_ca_file: join(files, 'ca.crt'),
    ssl: 'on',
  });

/** Puts rules before those that are there: reject or ask for a certificate. */
async function ruleOut(...lines: string[]): Promise<void> {
  writeFileSync(ruleFile, `${lines.join('\n')}\n${rules}`);
  await sql('SELECT pg_reload_conf()');
}

/** Keeps a row by a store on that address, and says whether the connection was over TLS: `clear`, `TLS`, or the error. */
async function keep(parameters: string, host = 'localhost'): Promise<string> {
  const url = `${postgres.url.replace('127.0.0.1', host)}${parameters}`;
  const store = createPostgresStore({ connectionString: url, target: 'species' });
  try {
    await store.append(encodeBatch([testRecord(0)]));
    await store.list({ limit: 1 });
    const rows = await sql(
      `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'iris-prediction-log'`,
    );
    return JSON.stringify(rows) === '[{"ssl":true}]' ? 'TLS' : 'clear';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await store.close();
    const left = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'iris-prediction-log'`;
    await expect.poll(() => sql(left)).toEqual([{ n: 0 }]);
  }
}

const root = (name: string) => `sslrootcert=${join(files, `${name}.crt`)}`;

describe('a server without TLS', () => {
  it.each([
    ['', 'clear'],
    ['?sslmode=disable', 'clear'],
    ['?sslmode=allow', 'clear'],
    ['?sslmode=prefer', 'clear'],
    ['?sslmode=require', 'does not support SSL connections; use sslmode=prefer'],
    ['?sslmode=verify-full', 'does not support SSL connections'],
  ])('with "%s": %s', async (parameters, outcome) => {
    expect(await keep(parameters)).toContain(outcome);
  });
});

describe('a server with a certificate of its own signing', () => {
  it('is taken by all modes that do not verify, and by those that are given the certificate', async () => {
    await serve('self');
    const outcomes = [
      '',
      '?sslmode=disable',
      '?sslmode=allow',
      '?sslmode=prefer',
      '?sslmode=require',
      `?sslmode=verify-full&${root('self')}`,
    ];
    const found = [];
    for (const parameters of outcomes) found.push(await keep(parameters));
    expect(found).toEqual(['TLS', 'clear', 'clear', 'TLS', 'TLS', 'TLS']);
    expect(await keep('?sslmode=verify-full')).toMatch(/unavailable: self-signed certificate/);
    expect(await keep(`?sslmode=verify-ca&${root('ca')}`)).toMatch(/unavailable: .*certificate/);
  });
});

describe('a server with the certificate of an authority', () => {
  it('is verified by the authority, and by its host with verify-full only', async () => {
    await serve('signed');
    expect(await keep(`?sslmode=verify-ca&${root('ca')}`)).toBe('TLS');
    expect(await keep(`?sslmode=verify-full&${root('ca')}`)).toBe('TLS');
    expect(await keep(`?sslmode=verify-full&${root('ca')}`, '127.0.0.1')).toMatch(/does not match certificate/);
    await serve('elsewhere');
    expect(await keep(`?sslmode=require&${root('ca')}`)).toBe('TLS');
    expect(await keep(`?sslmode=verify-ca&${root('ca')}`)).toBe('TLS');
    expect(await keep(`?sslmode=verify-full&${root('ca')}`)).toMatch(/does not match certificate/);
  });
});

describe('a server with rules for who may come how', () => {
  beforeAll(() => sql("CREATE ROLE other LOGIN SUPERUSER PASSWORD 'known'"));

  /** Whether the store of that role gets through; while the server has not read its rules, it may not have refused yet. */
  async function isTaken(parameters: string): Promise<boolean> {
    const address = postgres.url.replace(/\/\/[^@]*@[^:]*/, '//other:known@localhost');
    const store = createPostgresStore({ connectionString: address + parameters, target: 'species' });
    const taken = await store.append(encodeBatch([testRecord(0)])).then(
      () => true,
      () => false,
    );
    await store.close();
    return taken;
  }

  it.each([
    ['hostnossl all other all reject', '?sslmode=disable', '?sslmode=allow'],
    ['hostssl all other all reject', '?sslmode=require', '?sslmode=prefer'],
  ])('%s: %s is refused, and %s comes in the other way', async (rule, refused, taken) => {
    await serve('self');
    await ruleOut(rule);
    await expect.poll(() => isTaken(refused)).toBe(false);
    expect(await isTaken(taken)).toBe(true);
  });

  it('takes a certificate of its own for a password', async () => {
    await serve('signed');
    await ruleOut('hostssl all other all cert');
    const verified = `?sslmode=verify-full&${root('ca')}`;
    await expect.poll(() => isTaken(verified)).toBe(false);
    expect(await isTaken(`${verified}&sslcert=${join(files, 'client.crt')}&sslkey=${join(files, 'client.key')}`)).toBe(true);
  });
});

describe('the socket of a server', () => {
  it('is reached by its directory as host, in clear whatever the mode', async () => {
    // The server of the tests has none: this one leads to it.
    const socket = createServer((client) => {
      const server = connect(postgres.port, '127.0.0.1');
      client.pipe(server).pipe(client);
      for (const end of [client, server]) end.on('error', () => undefined);
    });
    socket.listen(join(files, '.s.PGSQL.5444'));
    await once(socket, 'listening');
    const { username, password, pathname } = new URL(postgres.url);
    for (const parameters of ['', '&sslmode=require']) {
      const url = `postgresql://${username}:${password}@${pathname}?host=${encodeURIComponent(files)}&port=5444${parameters}`;
      const store = createPostgresStore({ connectionString: url, target: 'species' });
      await store.append(encodeBatch([testRecord(0)]));
      await store.close();
    }
    socket.close();
  });
});
