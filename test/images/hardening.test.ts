import { expect, it } from 'vitest';
import { startForTest } from './support/container.ts';

const PROGRAMS = [
  { image: 'mlops-server:0.1.0', port: 8000, ready: '/ready', program: 'server.js' },
  { image: 'mlops-client:latest', port: 8501, ready: '/healthz', program: 'apps/web/launch/main.js' },
];

// P5-9: every container of these tests has a read-only root and no capability; see support/docker.ts.
it.each(PROGRAMS)(
  '$image runs node as process 1, as no one, and answers its health check (P5-9)',
  async ({ program, ...options }) => {
    const container = await startForTest(options);
    expect((await container.inspect()).Config.Cmd).toContain(program);
    // Its command line is no proof: Next writes its own name there.
    expect(await container.exec('readlink', '/proc/1/exe')).toBe('/usr/local/bin/node');
    expect(await container.exec('id', '-u')).toBe('10001');
    expect((await container.exec('grep', '-h', 'CapEff\\|NoNewPrivs', '/proc/1/status')).replace(/\s+/g, ' ')).toMatch(
      /CapEff: 0+ NoNewPrivs: 1/,
    );
    await expect(container.exec('touch', '/app/file')).rejects.toThrow('Read-only file system');
    await expect.poll(async () => (await container.inspect()).State.Health.Status).toBe('healthy');
  },
);

const ANY_USER = '1000660000:0';

it.each([
  ...PROGRAMS,
  { image: 'mcp-server:latest', port: 8000, ready: '/health' },
  { image: 'mlops-agent:latest', port: 8000, ready: '/health' },
])(
  '$image runs as a user that it does not know, as some clusters choose one for each namespace',
  async ({ image, port, ready }) => {
    const container = await startForTest({ image, port, ready, options: ['--user', ANY_USER] });
    expect(await container.exec('id', '-u')).toBe('1000660000');
    expect((await container.get(ready)).status).toBe(200);
  },
);

it('keeps predictions that wait for the database as such a user too', async () => {
  const api = await startForTest({
    image: 'mlops-server:0.1.0',
    environment: { DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris', SPOOL_DIR: '/app/spool' },
    options: ['--user', ANY_USER, '--mount', 'type=volume,target=/app/spool'],
  });
  await api.post('/predict', { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 });
  await expect.poll(async () => (await api.get('/metrics')).text()).toMatch(/^prediction_log_spooled 1$/m);
});

it('has a bash to look around with, as the course does (A-1)', async () => {
  const api = await startForTest({ image: 'api:0.1.0' });
  expect(await api.exec('/bin/bash', '-c', 'echo "$BASH_VERSION"; ls /app')).toMatch(/^5\.[\s\S]*models[\s\S]*trainer\.js/);
});
