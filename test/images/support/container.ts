/** Containers of the images, hardened as pods are, reached through a port of the loopback interface. */
import { onTestFinished } from 'vitest';
import { docker, HARDENED, type Inspected, inspect } from './docker.ts';

const START_MS = 30_000;
const LOOK_MS = 50;

/** A container that answers. */
export interface Container {
  readonly id: string;
  readonly port: number;
  readonly url: string;
  exec(...command: readonly string[]): Promise<string>;
  inspect(): Promise<Inspected>;
  /** Its own address where this machine reaches it, as Linux does; else that of the published port, whose proxy would be measured as well. */
  address(): Promise<{ host: string; port: number }>;
  logs(): Promise<string>;
  get(path: string): Promise<Response>;
  /** Sends JSON by `POST` and returns what the JSON of the answer holds. */
  post(path: string, body: unknown): Promise<unknown>;
  remove(): Promise<void>;
}

export interface ContainerOptions {
  readonly image: string;
  /** Port in the container; the API's by default. */
  readonly port?: number;
  /** Path that answers 200 once it is ready; the API's by default. */
  readonly ready?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** More words for `docker run`. */
  readonly options?: readonly string[];
}

/**
 * Starts a container and waits until it is ready.
 *
 * @throws Error with the container's log when it is not.
 */
export async function startContainer(options: ContainerOptions): Promise<Container> {
  const { image, port = 8000, ready = '/ready', environment = {} } = options;
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const published = ['--publish', `127.0.0.1::${port}`];
  const id = await docker('run', '--detach', ...HARDENED, ...published, ...variables, ...(options.options ?? []), image);
  try {
    const container = describe(id, Number((await docker('port', id, `${port}`)).split(':').at(-1)), { port, path: ready });
    await untilReady(container, ready);
    return container;
  } catch (error) {
    await docker('rm', '--force', id);
    throw error;
  }
}

/** Starts a container for one test. */
export async function startForTest(options: ContainerOptions): Promise<Container> {
  const container = await startContainer(options);
  onTestFinished(() => container.remove());
  return container;
}

function describe(id: string, port: number, own: { readonly port: number; readonly path: string }): Container {
  const url = `http://127.0.0.1:${port}`;
  return {
    id,
    port,
    url,
    exec: (...command) => docker('exec', id, ...command),
    inspect: () => inspect(id),
    async address() {
      const [network] = Object.values((await inspect(id)).NetworkSettings.Networks);
      const signal = AbortSignal.timeout(2000);
      const reached = await fetch(`http://${network!.IPAddress}:${own.port}${own.path}`, { signal }).catch(() => undefined);
      return reached?.ok ? { host: network!.IPAddress, port: own.port } : { host: '127.0.0.1', port };
    },
    logs: () => docker('logs', id),
    get: (path) => fetch(url + path),
    async post(path, body) {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    },
    remove: async () => {
      await docker('rm', '--force', '--volumes', id);
    },
  };
}

async function untilReady(container: Container, path: string): Promise<void> {
  const deadline = performance.now() + START_MS;
  const answers = () =>
    container.get(path).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    const { Running } = (await container.inspect()).State;
    if (!Running || performance.now() > deadline) throw new Error(`it is not ready; its log:\n${await container.logs()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
