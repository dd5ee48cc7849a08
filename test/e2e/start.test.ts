import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.ts';
import { ROOT } from '../repository.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

interface Run {
  readonly child: ChildProcess;
  readonly output: { printed: string };
  readonly ended: Promise<number>;
}

let home: string;
const started: Run[] = [];
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'iris-home-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(home, 0o755);
});
// What a failed test has left running goes with it.
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
});
afterAll(() => rm(home, { recursive: true }));

function npmStart(port: number, ...options: string[]): Run {
  return npmStartWith({ PORT: String(port) }, '--no-client', '--no-mcp', ...options);
}

function npmStartWith(settings: Readonly<Record<string, string>>, ...options: string[]): Run {
  const env = { PATH: process.env.PATH, ...settings };
  const child = spawn(process.execPath, ['scripts/start/main.ts', '--home', home, ...options], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { printed: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output.printed += chunk;
    });
  const run = { child, output, ended: once(child, 'close').then(([code]) => code as number) };
  started.push(run);
  return run;
}

const isUp = { timeout: 55_000, interval: 50 };

/** Of three models in turn, each with its evaluation and that of the one in service. */
const TRAINS_LONG = { timeout: 240_000 };

describe('npm start', () => {
  it('F2-2, F3-3: from nothing trains, starts and logs a real prediction in PostgreSQL; Ctrl-C stops it all', async () => {
    const port = await freePort();
    const clientPort = await freePort();
    const mcpPort = await freePort();
    const agentPort = await freePort();
    const ports = {
      PORT: String(port),
      CLIENT_PORT: String(clientPort),
      MCP_PORT: String(mcpPort),
      AGENT_PORT: String(agentPort),
    };
    const { child, output, ended } = npmStartWith(ports);
    await expect.poll(() => output.printed, isUp).toContain('Ctrl-C stops everything.');
    for (const model of ['rf', 'svm', 'logreg']) expect(output.printed).toContain(`Training ${model} on iris …`);
    expect(output.printed).toContain(`web client      http://localhost:${clientPort}/\n\nCtrl-C`);
    expect(output.printed).toContain(`MCP server      http://localhost:${mcpPort}/mcp`);
    expect(await (await fetch(`http://localhost:${mcpPort}/`)).json()).toMatchObject({ status: 'ready' });
    const seen = await fetch(`http://localhost:${clientPort}/api/version`);
    expect(await seen.json()).toMatchObject({ version: '0.1.0', model: 'rf' });
    const answer = await fetch(`http://localhost:${port}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...SETOSA, request_id: 'start-1' }),
    });
    expect(await answer.json()).toMatchObject({ prediction: 'setosa', model: 'rf', version: '0.1.0' });

    const question = { role: 'user', parts: [{ type: 'text', text: 'quelle espèce pour 5,1 3,5 1,4 0,2 ?' }] };
    const said = await fetch(`http://localhost:${clientPort}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [question] }),
    });
    const stream = await said.text();
    expect(stream).toMatch(/"type":"tool-output-available".*"prediction":"setosa"/);
    expect(stream).toContain('Le modèle prédit setosa');

    const database = new pg.Client({ connectionString: /postgresql:\S+/.exec(output.printed)![0] });
    await database.connect();
    const kept = async () => (await database.query("SELECT species FROM predictions WHERE request_id = 'start-1'")).rows;
    await expect.poll(() => kept().catch(() => [])).toEqual([{ species: 'setosa' }]);
    await database.end();

    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
  });

  it('Ctrl-C while it trains ends it at once: no database is made, and no half model kept', async () => {
    const empty = join(home, 'interrupted');
    const { child, output, ended } = npmStart(await freePort(), '--home', empty);
    await expect.poll(() => output.printed, isUp).toContain('Training');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await readdir(empty).catch(() => [])).not.toContain('.data');
    const models = await readdir(join(empty, 'models')).catch(() => []);
    expect(models.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('after a crash it starts again, with what was trained and logged', async () => {
    const port = await freePort();
    const crashed = npmStart(port);
    await expect.poll(() => crashed.output.printed, isUp).toContain('Ctrl-C stops everything.');
    expect(crashed.output.printed).not.toContain('Training');
    crashed.child.kill('SIGKILL');
    // Resolves when the API has ended too: it holds the same output.
    await crashed.ended;

    const again = npmStart(port, '--model', 'logreg');
    await expect.poll(() => again.output.printed, isUp).toContain('Ctrl-C stops everything.');
    const { predictions } = (await (await fetch(`http://localhost:${port}/predictions`)).json()) as { predictions: object[] };
    // Beside that of the chat.
    expect(predictions).toContainEqual(expect.objectContaining({ request_id: 'start-1' }));
    // A bookmark of the database goes on working.
    const database = /postgresql:\S+/;
    expect(database.exec(again.output.printed)![0]).toBe(database.exec(crashed.output.printed)![0]);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  it('L6-5: --registry fills a registry through the gate, and prints the key that changes its model', TRAINS_LONG, async () => {
    const port = await freePort();
    const own = join(home, 'with-registry');
    const settings = { PORT: String(port), PREDICTION_LOG: `file:${join(own, 'log')}` };
    const { child, output, ended } = npmStartWith(settings, '--no-client', '--no-mcp', '--home', own, '--with-registry');
    await expect.poll(() => output.printed, { ...isUp, timeout: TRAINS_LONG.timeout }).toContain('Ctrl-C stops everything.');
    const headers = { 'content-type': 'application/json', 'x-api-key': /key \(X-API-Key\) +(\S+)/.exec(output.printed)![1]! };
    const models = `http://localhost:${port}/models`;
    expect((await fetch(models)).status).toBe(401);
    const answer = (await (await fetch(models, { headers })).json()) as { current: string };
    expect(answer).toMatchObject({ source: 'registry', total: 4, change: { allowed: true } });
    const version = answer.current === 'v0001' ? 'v0002' : 'v0001';
    const body = JSON.stringify({ version, reason: 'to see it', force: true });
    const changed = await fetch(`${models}/current`, { method: 'PUT', headers, body });
    expect(await changed.json()).toMatchObject({ current: version, previous: answer.current });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('says that the database it was given cannot be reached, and where predictions wait', async () => {
    const [port, nobody] = [await freePort(), await freePort()];
    const DATABASE_URL = `postgresql://iris:secret@127.0.0.1:${nobody}/iris`;
    const { child, output, ended } = npmStartWith({ PORT: String(port), DATABASE_URL }, '--no-client', '--no-mcp');
    await expect.poll(() => output.printed, isUp).toContain('Ctrl-C stops everything.');
    const place = `as DATABASE_URL says, which cannot be reached now (connect ECONNREFUSED 127.0.0.1:${nobody})`;
    expect(output.printed).toContain(`prediction log  ${place}: predictions wait in ${join(home, '.data', 'spool')}\n`);
    expect(output.printed).not.toContain('secret');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('falls back to another port of PostgreSQL where the usual one is taken, and comes back to it', async () => {
    const usual = Number(await readFile(join(home, '.data', 'postgres.port'), 'utf8'));
    const taken = createServer().listen(usual, '127.0.0.1');
    await once(taken, 'listening');
    const { child, output, ended } = npmStart(await freePort());
    await expect.poll(() => output.printed, isUp).toContain('Ctrl-C stops everything.');
    expect(output.printed).toMatch(/postgresql:\S+/);
    expect(output.printed).not.toContain(`:${usual}/`);
    expect(Number(await readFile(join(home, '.data', 'postgres.port'), 'utf8'))).toBe(usual);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    taken.close();
  });

  it('ends with npm, which does not pass SIGTERM on', async () => {
    const port = await freePort();
    const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, PORT: String(port) };
    const npm = spawn('npm', ['start', '--', '--home', home, '--no-client', '--no-mcp'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [npm.stdout, npm.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk;
      });
    await expect.poll(() => printed, isUp).toContain('Ctrl-C stops everything.');
    expect(printed).not.toContain('.env');
    npm.kill('SIGTERM');
    // Resolves when all that holds its output has ended.
    await once(npm, 'close');
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
  });

  it('a port that is taken is one clear line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { output, ended } = npmStart(port);
    expect(await ended).toBe(1);
    expect(output.printed).toBe(
      `Port ${port} is taken: stop what listens there, or say PORT=8080 npm start. A second npm start needs --home DIR too, a folder of its own.\n`,
    );
    taken.close();
  });

  it('--help tells what it does', async () => {
    const child = spawn(process.execPath, ['scripts/start/main.ts', '--help'], { cwd: ROOT });
    expect(await text(child.stdout)).toMatch(/^Usage: npm start/);
  });
});
