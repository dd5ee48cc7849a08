import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { NO_TELEMETRY } from '@iris/telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isLogConfigured, type LogSurroundings, prepareLog } from './open-log.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-log-'));
});
afterEach(() => rm(directory, { recursive: true }));

const config = (environment: Record<string, string>) => readConfig({ MODEL_FILE: 'unused', ...environment });
/** Nothing listens there. */
const NO_DATABASE = 'postgresql://iris@127.0.0.1:1/iris';
const PREDICTION = {
  recordId: '00000000-0000-4000-8000-000000000001',
  requestId: 'r-1',
  createdAt: new Date('2026-01-02T03:04:05Z'),
  source: { model: 'rf', version: '0.1.0', instance: 'test-host', featureNames: ['petal_length'], classes: ['setosa'] },
  classIndex: 0,
  features: [1.4],
  probabilities: [1],
};
/** A line of a spool file, as an earlier version wrote it. */
const SPOOLED = JSON.stringify({
  recordId: PREDICTION.recordId,
  requestId: 'r-1',
  createdAt: PREDICTION.createdAt,
  label: 'setosa',
  model: 'rf',
  version: '0.1.0',
  features: { petal_length: 1.4 },
  probabilities: { setosa: 1 },
  instance: 'test-host',
});

/** Lines that the log said, of one test. */
let said: string[] = [];
beforeEach(() => {
  said = [];
});

function surroundings(change: Partial<LogSurroundings> = {}): LogSurroundings {
  const say = (_facts: unknown, line: string) => void said.push(line);
  return {
    machine: {
      environment: { XDG_STATE_HOME: join(directory, 'state') },
      platform: 'linux',
      uid: userInfo().uid,
      isContainer: false,
    },
    logger: { info: say, warn: say } as LogSurroundings['logger'],
    telemetry: NO_TELEMETRY,
    lastResort: () => undefined,
    ...change,
  };
}

/** As somebody who owns none of the folders. */
const stranger = (): Partial<LogSurroundings> => ({ machine: { ...surroundings().machine, uid: 54_321 } });

async function openLog(given: ReturnType<typeof config>, change: Partial<LogSurroundings> = {}, target = 'species') {
  return (await prepareLog(given, surroundings(change)))(target);
}

describe('prepareLog', () => {
  it('opens none when none is configured', async () => {
    expect(isLogConfigured(config({}))).toBe(false);
    expect(await openLog(config({}))).toBeUndefined();
  });

  it('keeps predictions in files with PREDICTION_LOG=file:DIR, and makes the directory', async () => {
    const place = join(directory, 'made', 'here');
    const given = config({ PREDICTION_LOG: `file:${place}` });
    expect(isLogConfigured(given)).toBe(true);
    const log = await openLog(given);
    log!.writer.record(PREDICTION);
    await log!.writer.close(1000);
    await log!.store.close();
    const [file] = await readdir(place);
    expect(JSON.parse(await readFile(join(place, file!), 'utf8'))).toMatchObject({ requestId: 'r-1' });
  });

  it('does not wait for a database; what it does not take waits in the spool for the next process', async () => {
    const spool = join(directory, 'spool');
    const log = await openLog(config({ DATABASE_URL: NO_DATABASE, SPOOL_DIR: spool }));
    log!.writer.record(PREDICTION);
    expect(await log!.writer.close(0)).toMatchObject({ spooled: 1, dropped: 0, handedOver: 0 });
    await log!.store.close();
    const next = await openLog(config({ DATABASE_URL: NO_DATABASE, SPOOL_DIR: spool }));
    expect(next!.writer.stats().spooled).toBe(1);
    await next!.writer.close(0);
    await next!.store.close();
  });

  it('hands over what neither database nor spool takes, one line of JSON for each row', async () => {
    const lines: string[] = [];
    const lastResort = (given: readonly string[]) => void lines.push(...given);
    const log = await openLog(config({ DATABASE_URL: NO_DATABASE }), { ...stranger(), lastResort });
    log!.writer.record(PREDICTION);
    expect(await log!.writer.close(0)).toMatchObject({ handedOver: 1 });
    await log!.store.close();
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(['r-1']);
  });

  it.each([
    ['true', { spooled: 1, handedOver: 0 }, []],
    ['false', { spooled: 0, handedOver: 1 }, ['r-1']],
  ])('with SPOOL_LASTS=%s, what is left in the named folder at the end is %o', async (SPOOL_LASTS, left, printed) => {
    const lines: string[] = [];
    const lastResort = (given: readonly string[]) => void lines.push(...given);
    const given = config({ DATABASE_URL: NO_DATABASE, SPOOL_DIR: join(directory, 'spool'), SPOOL_LASTS });
    const log = await openLog(given, { lastResort });
    log!.writer.record(PREDICTION);
    expect(await log!.writer.close(0)).toMatchObject(left);
    await log!.store.close();
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(printed);
  });

  it('tells of rows in the spool that cannot be read', async () => {
    await writeFile(join(directory, 'dead-00000000.500000000000.jsonl'), `damaged\n${SPOOLED}\n`);
    const given = config({ PREDICTION_LOG: `file:${join(directory, 'log')}`, SPOOL_DIR: directory });
    const log = await openLog(given);
    expect(await log!.writer.close(1000)).toMatchObject({ written: 1, dropped: 1, spooled: 0 });
    expect(said).toEqual([expect.stringContaining('had damaged lines, which are dropped: 1')]);
    await log!.store.close();
  });

  it('refuses a spool directory that cannot be one before there is a model, and a target that cannot be a column', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const spooled = config({ DATABASE_URL: NO_DATABASE, SPOOL_DIR: file });
    await expect(prepareLog(spooled, surroundings())).rejects.toMatchObject({ code: 'PREDICTION_LOG_SPOOL_UNUSABLE' });
    const plain = config({ DATABASE_URL: NO_DATABASE });
    await expect(openLog(plain, {}, 'version')).rejects.toMatchObject({ code: 'PREDICTION_LOG_TARGET_INVALID' });
  });
});

describe('with a DATABASE_URL and nothing else', () => {
  const given = config({ DATABASE_URL: NO_DATABASE });
  const state = () => join(directory, 'state', 'iris');

  it('predictions wait in the state folder of the user, which others cannot enter, until the next process comes', async () => {
    const log = await openLog(given);
    log!.writer.record(PREDICTION);
    expect(await log!.writer.close(0)).toMatchObject({ spooled: 1, dropped: 0, handedOver: 0 });
    await log!.store.close();
    expect((await stat(state())).mode & 0o777).toBe(0o700);
    expect(said).toContainEqual(
      expect.stringMatching(/^predictions wait in .*state\/iris\/spool-[0-9a-f]{16} while the database is away$/),
    );
    const next = await openLog(given);
    expect(next!.writer.stats().spooled).toBe(1);
    await next!.writer.close(0);
    await next!.store.close();
  });

  it('each database and each target has a folder of its own', async () => {
    const logs = [
      await openLog(given),
      await openLog(config({ DATABASE_URL: NO_DATABASE.replace(':1/iris', ':1/other') })),
      await openLog(given, {}, 'churned'),
      await openLog(config({ DATABASE_URL: NO_DATABASE.replace('iris@', 'iris:another-password@') })),
    ];
    expect(await readdir(state())).toHaveLength(3);
    logs[0]!.writer.record(PREDICTION);
    for (const log of logs) {
      await log!.writer.close(0);
      await log!.store.close();
    }
    // A folder that was never needed does not stay.
    expect(await readdir(state())).toHaveLength(1);
  });

  it('a folder that goes with its container is said, and what is left in it at the end is handed over too', async () => {
    const lines: string[] = [];
    const machine = { ...surroundings().machine, isContainer: true };
    const log = await openLog(given, { machine, lastResort: (more) => void lines.push(...more) });
    log!.writer.record(PREDICTION);
    expect(await log!.writer.close(0)).toMatchObject({ spooled: 0, dropped: 0, handedOver: 1 });
    await log!.store.close();
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(['r-1']);
    expect(said[0]).toMatch(/does not outlive the container or machine: name one that does in SPOOL_DIR$/);
  });

  it.each(['a stranger', 'a folder that others may enter'])(
    'where no folder can be used (%s), it says how many rows memory holds',
    async (who) => {
      const environment = { XDG_STATE_HOME: join(directory, 'state') };
      if (who !== 'a stranger') {
        await (await openLog(given))!.store.close();
        await chmod(state(), 0o755);
      }
      const uid = who === 'a stranger' ? 54_321 : userInfo().uid;
      const machine = { ...surroundings().machine, environment, uid };
      said = [];
      const log = await openLog(given, { machine });
      if (who === 'a stranger')
        expect(said[0]).toMatch(/memory holds about 49000 of them \(16 MiB\), and the oldest are lost beyond/);
      else expect(said[0]).toContain(join(tmpdir(), `iris-${uid}`));
      await log!.writer.close(0);
      await log!.store.close();
    },
  );
});
