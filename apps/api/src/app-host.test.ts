import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ModelDocument } from '@iris/model-file';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppHost, hostApp } from './app-host.ts';
import type { AppDependencies } from './dependencies.ts';
import type { ModelSource } from './models/model-source.ts';
import { createServedModel, type ServedModel } from './models/served-model.ts';
import { createTestApp, irisDocument } from './test-app.ts';

const { dependencies: defaults } = await createTestApp({ withLog: false });

let server: Server | undefined;
let host: AppHost | undefined;
afterEach(async () => {
  await host?.close();
  server?.close();
});

/** A source that changes when the test says so. */
function createSource(document?: ModelDocument) {
  let model: ServedModel | undefined;
  const listeners: ((model: ServedModel) => void)[] = [];
  const source: ModelSource = {
    current: () => model,
    currentName: () => model && 'model.json',
    problem: () => undefined,
    onChange: (listener) => listeners.push(listener),
    close: () => undefined,
  };
  function change(next: ModelDocument): void {
    model = createServedModel(next, undefined);
    for (const listener of listeners) listener(model);
  }
  if (document) change(document);
  return { source, change };
}

async function start(models: ModelSource, change: Partial<AppDependencies> = {}): Promise<AppHost> {
  host = await hostApp({ ...defaults, models, ...change });
  const { handler } = host;
  server = createServer((incoming, response) => handler()(incoming, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  return host;
}

async function get(path: string): Promise<Record<string, unknown>> {
  const { port } = server!.address() as AddressInfo;
  const { promise, resolve, reject } = Promise.withResolvers<Parameters<typeof json>[0]>();
  request({ port, path, agent: false }, resolve).once('error', reject).end();
  return (await json(await promise)) as Record<string, unknown>;
}

const version = async () => (await get('/version')).version;

/** A document of another schema: one more plausible value. */
function widerDocument(version: string): ModelDocument {
  const { dataset } = irisDocument();
  const features = dataset.features.map((feature) =>
    feature.kind === 'numeric' ? { ...feature, plausible: { min: 0, max: 1000 } } : feature,
  );
  return irisDocument({ version, dataset: { ...dataset, features } });
}

describe('hostApp', () => {
  it('answers without a model, and with it from the moment it comes', async () => {
    const { source, change } = createSource();
    await start(source);
    expect(await get('/ready')).toMatchObject({ status: 503, code: 'MODEL_NOT_LOADED' });
    change(irisDocument());
    await expect.poll(version).toBe('0.1.0');
    expect(await get('/ready')).toEqual({ status: 'ready', current_model: 'model.json' });
  });

  it('exchanges a model of the same schema inside the app, and one of another schema with its app', async () => {
    const { source, change } = createSource(irisDocument());
    const { handler } = await start(source);
    const first = handler();
    change(irisDocument({ version: '0.2.0' }));
    await expect.poll(version).toBe('0.2.0');
    expect(handler()).toBe(first);
    change(widerDocument('0.3.0'));
    await expect.poll(version).toBe('0.3.0');
    expect(handler()).not.toBe(first);
  });

  it('serves a model that comes while the first app is being built', async () => {
    const { source, change } = createSource(irisDocument());
    const opened = Promise.withResolvers<undefined>();
    const starting = start(source, { openLog: () => opened.promise });
    change(irisDocument({ version: '0.2.0' }));
    opened.resolve(undefined);
    await starting;
    await expect.poll(version).toBe('0.2.0');
  });

  it('goes on with the old app when the new one cannot be built, and takes the next model', async () => {
    const { source, change } = createSource(irisDocument());
    let failures = 1;
    await start(source, {
      openLog: async (target) => {
        if (target === 'species' && failures-- > 0) return undefined;
        throw new Error('no log');
      },
    });
    change(widerDocument('0.2.0'));
    change(irisDocument({ version: '0.3.0' }));
    await expect.poll(version).toBe('0.3.0');
  });

  it('fails when the first app cannot be built', async () => {
    const { source } = createSource(irisDocument());
    const openLog = () => Promise.reject(new Error('no log'));
    await expect(hostApp({ ...defaults, models: source, openLog })).rejects.toThrow('no log');
  });
});
