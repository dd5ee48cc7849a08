/** A service in the limits of its pod, with what it needs behind it, and what becomes of honest clients while it is attacked. */
import { join } from 'node:path';
import { type Container, startContainer } from '../container.ts';
import { docker } from '../docker.ts';
import { percentile } from '../open-loop.ts';
import { askHonestly } from './honest-clients.ts';
import { type Service, TARGETS } from './targets.ts';

const HONEST_CLIENTS = 5;
/** After an attack, before the next: what it left behind ends. */
const CALM_MS = 2000;
/** Before the first attack: code that has just been loaded is compiled while it is used. */
const WARM_UP_MS = 3000;
/** Between two looks at the memory. */
const MEMORY_LOOK_MS = 2000;

/** What was seen during one attack. */
export interface Outcome {
  readonly service: Service;
  readonly kind: string;
  readonly asked: number;
  readonly answered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Most that the process held of its own during the attack, in MiB: without what it maps of files. */
  readonly peakMib: number;
  /** Whether it is still the same process. */
  readonly survived: boolean;
  readonly failures: readonly string[];
}

/** How each image runs, as its manifest has it. */
const PODS = {
  api: { image: 'mlops-server:0.1.0', port: 8000, ready: '/ready', memory: '128m' },
  web: { image: 'mlops-client:latest', port: 8501, ready: '/healthz', memory: '256m' },
  mcp: { image: 'mcp-server:latest', port: 8000, ready: '/', memory: '192m' },
  agent: { image: 'mlops-agent:latest', port: 8000, ready: '/ready', memory: '192m' },
} as const;

/** A service under siege. */
export interface Siege {
  readonly service: Service;
  attack(kind: string, seconds: number): Promise<Outcome>;
  inspect: Container['inspect'];
  end(): Promise<void>;
}

/** Starts a service, and before it those that it asks. */
export async function besiege(service: Service): Promise<Siege> {
  const behind: Container[] = [];
  const startBehind = async (name: Service, environment = {}) => {
    const container = await startContainer({ ...PODS[name], environment });
    behind.push(container);
    const [network] = Object.values((await container.inspect()).NetworkSettings.Networks);
    return `http://${network!.IPAddress}:${PODS[name].port}`;
  };
  const environment = await environmentOf(service, startBehind);
  const { memory, ...pod } = PODS[service];
  const options = ['--memory', memory, '--memory-swap', memory, '--cpus', '0.5', ...(service === 'web' ? WRITABLE : [])];
  const container = await startContainer({ ...pod, environment, options });
  await askHonestly(await container.address(), TARGETS[service].honest, HONEST_CLIENTS, AbortSignal.timeout(WARM_UP_MS));
  return {
    service,
    inspect: container.inspect,
    async attack(kind, seconds) {
      // A container that was started anew has another port.
      const address = await container.address();
      const ended = new AbortController();
      const memory = watchMemory(container, ended.signal);
      const asking = askHonestly(address, TARGETS[service].honest, HONEST_CLIENTS, ended.signal);
      await attackFromOutside(service, kind, address, seconds);
      ended.abort();
      const { latencies, ...figures } = await asking;
      const sorted = Float64Array.from(latencies).sort();
      const survived = (await container.inspect()).State.Running;
      // The other kinds are of interest all the same.
      if (!survived) await docker('start', container.id);
      await new Promise((resolve) => setTimeout(resolve, CALM_MS));
      const latency = { p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) };
      return { service, kind, ...figures, ...latency, peakMib: await memory, survived };
    },
    end: async () => {
      await Promise.all([container, ...behind].map((each) => each.remove()));
    },
  };
}

/** What the client's server writes its cache to, as in its pod. */
const WRITABLE = ['--tmpfs', '/tmp', '--tmpfs', '/app/apps/web/.next/cache:mode=1777'];

type StartBehind = (name: Service, environment?: Readonly<Record<string, string>>) => Promise<string>;

async function environmentOf(service: Service, start: StartBehind): Promise<Record<string, string>> {
  if (service === 'api') return {};
  const API_URL = await start('api');
  if (service !== 'agent') return { API_URL, ALLOWED_HOSTS: '*' };
  const mcp = await start('mcp', { API_URL, ALLOWED_HOSTS: '*' });
  // Five clients of one address ask more than people do.
  return { MCP_SERVER_URL: `${mcp}/mcp`, CHATS_PER_MINUTE: '100000' };
}

/** From a container of its own, and so from an address of its own. */
async function attackFromOutside(
  service: Service,
  kind: string,
  { host, port }: { host: string; port: number },
  seconds: number,
) {
  const program = ['node', '/attack/attacker.ts', service, kind, host, String(port), String(seconds)];
  const mount = `type=bind,source=${join(import.meta.dirname)},target=/attack,readonly`;
  await docker('run', '--rm', '--mount', mount, 'node:24-bookworm-slim', ...program);
}

/** Looks at what process 1 holds, which is the service, until the signal; gives the most. */
async function watchMemory(container: Container, ended: AbortSignal): Promise<number> {
  let peak = Number.NaN;
  while (!ended.aborted) {
    const status = await container.exec('cat', '/proc/1/status').catch(() => '');
    const mib = Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
    if (!(mib <= peak)) peak = mib;
    await new Promise((resolve) => setTimeout(resolve, MEMORY_LOOK_MS));
  }
  return peak;
}
