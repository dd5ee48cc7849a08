import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isLogConfigured, type LogOutlets, prepareLog } from './open-log.ts';

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

const OUTLETS: LogOutlets = { lastResort: () => undefined, onDamage: () => undefined };
async function openLog(given: ReturnType<typeof config>, outlets: Partial<LogOutlets> = {}, target = 'species') {
  return (await prepareLog(given, { ...OUTLETS, ...outlets }))(target);
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
    const log = await openLog(config({ DATABASE_URL: NO_DATABASE }), { lastResort: (given) => lines.push(...given) });
    log!.writer.record(PREDICTION);
    expect(await log!.writer.close(0)).toMatchObject({ handedOver: 1 });
    await log!.store.close();
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(['r-1']);
  });

  it('tells of rows in the spool that cannot be read', async () => {
    await writeFile(join(directory, 'dead-00000000.500000000000.jsonl'), `damaged\n${SPOOLED}\n`);
    const told: string[] = [];
    const given = config({ PREDICTION_LOG: `file:${join(directory, 'log')}`, SPOOL_DIR: directory });
    const log = await openLog(given, { onDamage: (detail) => told.push(detail) });
    expect(await log!.writer.close(1000)).toMatchObject({ written: 1, dropped: 1, spooled: 0 });
    expect(told).toEqual([expect.stringContaining('had damaged lines, which are dropped: 1')]);
    await log!.store.close();
  });

  it('refuses a spool directory that cannot be one before there is a model, and a target that cannot be a column', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const spooled = config({ DATABASE_URL: NO_DATABASE, SPOOL_DIR: file });
    await expect(prepareLog(spooled, OUTLETS)).rejects.toMatchObject({ code: 'PREDICTION_LOG_SPOOL_UNUSABLE' });
    const plain = config({ DATABASE_URL: NO_DATABASE });
    await expect(openLog(plain, {}, 'version')).rejects.toMatchObject({ code: 'PREDICTION_LOG_TARGET_INVALID' });
  });
});
