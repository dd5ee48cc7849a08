import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { ApiProcess } from '../support/api-process.ts';
import { startLoad } from '../support/no-retry-client.ts';
import { type TrainedRegistry, trainRegistry } from '../support/trained-registry.ts';
import type { ClientProcess } from './support/client-process.ts';
import { it as base, expectAccessible, expectNoSidewaysScroll, PHONE } from './support/page.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const KEY = 'a-secret-of-the-tests';
const PASSWORD = 'correct horse battery';
const KEYED = { 'x-api-key': KEY };

let trained: TrainedRegistry;
beforeAll(async () => {
  trained = await trainRegistry();
});
afterAll(() => trained.dispose());

interface Stage {
  readonly registry: string;
  readonly api: ApiProcess;
  readonly client: ClientProcess;
}

/** An API that follows a registry of its own (v0001, v0002 in service, v0003 refused), and a client before it. */
const it = base.extend<{ readonly startStage: (environment?: Readonly<Record<string, string>>) => Promise<Stage> }>({
  startStage: async ({ startApi, startClient }, use) => {
    await use(async (environment = { API_KEY: KEY }) => {
      const registry = await trained.copy();
      const api = await startApi('iris-svm', { REGISTRY_DIR: registry, ...environment });
      return { registry, api, client: await startClient({ API_URL: api.url, ...environment }) };
    });
  },
});

const panel = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true });
const versionItem = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
const nameOf = (version: number) => `v${String(version).padStart(4, '0')}`;
const versionOf = async ({ api }: Stage) => (await api.read<{ version: string }>('/version')).version;
const historyOf = async ({ api }: Stage) =>
  ((await (await api.get('/models', KEYED)).json()) as { history: Record<string, unknown>[] }).history;

async function confirm(page: Page, reason: string, name = 'Put into service'): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill(reason);
  await dialog.getByRole('button', { name, exact: true }).click();
}

describe('L6-5: the models page', () => {
  it('rolls back and puts a version into service, while clients that never retry lose nothing', async ({
    openPage,
    startStage,
  }) => {
    const stage = await startStage();
    const load = startLoad({
      ...{ port: () => stage.api.port, clients: 4, path: '/predict', body: () => SETOSA, headers: KEYED },
    });
    const page = await openPage({ url: stage.client.url, path: '/models' });
    const service = panel(page, 'In service');
    await service.getByText('v0002', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Roll back…' }).click();
    await confirm(page, 'complaints since noon', 'Roll back');
    await service.getByText('v0001 answers now.').waitFor();
    expect(await versionOf(stage)).toBe('0.1.0');
    await panel(page, 'History').getByText('complaints since noon').waitFor();
    expect(await versionItem(page, 'v0001').getByText('In service').isVisible()).toBe(true);

    await service.getByText(/Since this rollback, retraining keeps its versions/).waitFor();
    await service.getByRole('button', { name: 'Let it stay…' }).click();
    await confirm(page, 'seen by the team', 'Let it stay');
    await panel(page, 'History').getByText('seen by the team').waitFor();
    await expect.poll(() => service.getByRole('button', { name: 'Let it stay…' }).count()).toBe(0);

    await versionItem(page, 'v0002').getByRole('button', { name: 'Put into service…' }).click();
    await confirm(page, 'a false alarm');
    await service.getByText('v0002 answers now.').waitFor();
    expect(await versionOf(stage)).toBe('0.2.0');

    const { answered, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect(await historyOf(stage)).toMatchObject([
      { action: 'promote', version: 'v0002', reason: 'a false alarm', forced: false },
      { action: 'promote', version: 'v0001', previous: 'v0001', reason: 'seen by the team' },
      { action: 'rollback', version: 'v0001', reason: 'complaints since noon' },
      {},
      {},
    ]);
  });

  it('shows why the gate refused a version, and lets it pass only by an explicit word', async ({ openPage, startStage }) => {
    const stage = await startStage();
    const page = await openPage({ url: stage.client.url, path: '/models' });
    const refused = versionItem(page, 'v0003');
    await refused.getByText(/Not met: .*Log-loss not significantly worse/).waitFor();
    await refused.getByText('Verdict of the gate').click();
    const row = refused.getByRole('row', { name: /Log-loss not significantly worse/ });
    await row.getByText('not met').waitFor();
    expect(await row.textContent()).toContain('< 0.001at least 0.05');
    await refused.getByText(/Compared with v0002 \(svm 0\.2\.0\)/).waitFor();
    await expectAccessible(page);

    await refused.getByRole('button', { name: 'Overrule the gate…' }).click();
    const dialog = page.getByRole('dialog');
    const submit = dialog.getByRole('button', { name: 'Put into service', exact: true });
    await dialog.getByLabel('Why').fill('needed today');
    expect(await submit.isDisabled()).toBe(true);
    await expectAccessible(page);
    await dialog.getByLabel(/Overrule the gate/).check();
    await submit.click();
    await panel(page, 'In service').getByText('v0003 answers now.').waitFor();
    await panel(page, 'History').getByText('gate overruled').first().waitFor();
    expect((await historyOf(stage))[0]).toMatchObject({ version: 'v0003', forced: true });
  });

  it('changes nothing when somebody else was faster, and shows what is in service by now', async ({ openPage, startStage }) => {
    const stage = await startStage();
    const page = await openPage({ url: stage.client.url, path: '/models', expected: /409/ });
    await page.getByRole('button', { name: 'Roll back…' }).click();
    await fetch(`${stage.api.url}/models/rollback`, {
      method: 'POST',
      headers: { ...KEYED, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'the other one' }),
    });
    await confirm(page, 'me too', 'Roll back');
    await page.getByRole('dialog').getByText('Somebody else was faster').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await panel(page, 'In service').getByText('v0001', { exact: true }).waitFor();
    expect((await historyOf(stage))[0]).toMatchObject({ reason: 'the other one' });
  });

  it('keeps what was typed when the change fails, and says that the registry names what cannot be served', async ({
    openPage,
    startStage,
  }) => {
    const stage = await startStage();
    const page = await openPage({ url: stage.client.url, path: '/models', expected: /409/ });
    await versionItem(page, 'v0001').getByRole('button', { name: 'Put into service…' }).click();
    await writeFile(join(stage.registry, 'v0001', 'model.json'), '{');
    await confirm(page, 'a good reason');
    await page.getByRole('dialog').getByText('This version is damaged').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Why').inputValue()).toBe('a good reason');
    await page.keyboard.press('Escape');
    await writeFile(join(stage.registry, 'current_model.txt'), 'v0001\n');
    await panel(page, 'In service').getByText('The API does not serve it').waitFor();
    await panel(page, 'In service').getByText('This instance goes on with v0002.').waitFor();
    expect(await versionOf(stage)).toBe('0.2.0');
  });

  it('goes on to older versions without a gap when one is added, and knows of each which is in service', async ({
    openPage,
    startStage,
  }) => {
    const stage = await startStage();
    const folder = (version: number) => join(stage.registry, nameOf(version));
    const add = (version: number) => cp(folder(1), folder(version), { recursive: true });
    for (let version = 4; version <= 22; version++) await add(version);
    const page = await openPage({ url: stage.client.url, path: '/models' });
    const shown = () => panel(page, 'Versions').getByRole('heading', { level: 3 }).allTextContents();
    const downFrom = (newest: number) => Array.from({ length: newest }, (_, index) => nameOf(newest - index));
    const isInService = (version: number) => versionItem(page, nameOf(version)).getByText('In service', { exact: true }).count();
    await panel(page, 'Versions').getByRole('button', { name: 'Show older versions' }).click();
    await expect.poll(shown).toEqual(downFrom(22));
    expect(await Promise.all([1, 2].map(isInService))).toEqual([0, 1]);
    await add(23);
    await expect.poll(shown).toEqual(downFrom(23));
    await writeFile(join(stage.registry, 'current_model.txt'), 'v0001\n');
    await expect.poll(() => Promise.all([1, 2].map(isInService))).toEqual([1, 0]);
  });

  it('only reads where the API has no key, and says why', async ({ openPage, startStage }) => {
    const stage = await startStage({});
    const page = await openPage({ url: stage.client.url, path: '/models' });
    await panel(page, 'In service').getByText('The model cannot be changed here').waitFor();
    await versionItem(page, 'v0003').waitFor();
    expect(await page.getByRole('button', { name: /Roll back|Put into service|Overrule/ }).count()).toBe(0);
  });

  it('says where the model comes from where there is no registry, and how to get one', async ({ openPage }) => {
    const page = await openPage({ path: '/models' });
    await page.getByRole('heading', { name: 'There is no registry' }).waitFor();
    await page.getByText('iris-rf.json').waitFor();
    await page.getByText('npm start -- --with-registry').waitFor();
  });

  it('shows what the change did to accuracy and drift over time, and asks nothing of a log that is not there', async ({
    openPage,
    startStage,
  }) => {
    const without = await startStage();
    const bare = await openPage({ url: without.client.url, path: '/models' });
    await versionItem(bare, 'v0003').waitFor();
    expect(await panel(bare, 'Over time').count()).toBe(0);

    const stage = await startStage({
      API_KEY: KEY,
      PREDICTION_LOG: `file:${await mkdtemp(join(tmpdir(), 'iris-models-page-'))}`,
    });
    const { api } = stage;
    for (const [request_id, label] of [['first', 'setosa'] as const, ['second', 'virginica'] as const]) {
      await api.post('/predict', { ...SETOSA, request_id }, KEYED);
      await expect.poll(async () => (await api.post('/feedback', { request_id, label }, KEYED)).status).toBe(200);
    }
    const page = await openPage({ url: stage.client.url, path: '/models' });
    const overTime = panel(page, 'Over time');
    await overTime.getByRole('img', { name: /^Live accuracy over time, from 1 period with feedback/ }).waitFor();
    await overTime.getByText('In figures').click();
    expect(await overTime.getByRole('row').nth(1).textContent()).toMatch(/0\.2\.02250%/);
    await expectAccessible(page);
  });

  it('in French, on a phone and in the dark is whole, and axe finds nothing', async ({ openPage, startStage }) => {
    const stage = await startStage();
    const page = await openPage({
      ...{ url: stage.client.url, path: '/models', locale: 'fr', viewport: PHONE, colorScheme: 'dark' },
    });
    await page.getByText('Refusée au contrôle').waitFor();
    await page.getByText('Verdict du contrôle').first().click();
    await page.getByText('non remplie').first().waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await versionItem(page, 'v0001').getByRole('button', { name: 'Mettre en service…' }).click();
    await page.getByRole('dialog').getByText('Mettre v0001 en service').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});

describe('who may change the model', () => {
  it('is nobody who is not logged in, and no other site', async ({ startStage }) => {
    const stage = await startStage({ API_KEY: KEY, LOGIN_PASSWORD: PASSWORD });
    const change = (path: string, method: string, headers: object) =>
      fetch(stage.client.url + path, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ version: 'v0001', reason: 'an attack' }),
      });
    for (const [path, method] of [
      ['/api/models/current', 'PUT'],
      ['/api/models/rollback', 'POST'],
    ] as const) {
      expect([path, (await change(path, method, {})).status]).toEqual([path, 401]);
      const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' };
      expect([path, (await change(path, method, crossSite)).status]).toEqual([path, 403]);
    }
    expect((await fetch(`${stage.client.url}/api/models`)).status).toBe(401);
    const page = await fetch(`${stage.client.url}/models`, { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringContaining('/login?next=')]);
    expect(await historyOf(stage)).toHaveLength(2);
  });

  it('is nobody where the API has no key', async ({ startStage }) => {
    const { client } = await startStage({});
    const answer = await fetch(`${client.url}/api/models/current`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: 'v0001', reason: 'why' }),
    });
    expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ code: 'API_KEY_NEEDED' })]);
  });
});
