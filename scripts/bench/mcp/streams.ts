/** What streams of `/sse` leave behind: the heap before many were opened and closed, and after. */
import { Agent, get } from 'node:http';
import { BenchError } from '../bench-error.ts';
import type { ServerProcess } from '../http/server-process.ts';

const STREAMS = 10_000;
const AT_A_TIME = 50;
/** Those before the first look at the heap: caches and compiled code are not what is looked for. */
const WARM_UP = 1000;

/** Opens and closes streams; gives how much larger the heap is then, after a collection, in MB. */
export async function measureHeapGrowth(server: ServerProcess): Promise<number> {
  await openAndClose(server.url, WARM_UP);
  const before = await heapBytes(server);
  await openAndClose(server.url, STREAMS);
  return ((await heapBytes(server)) - before) / 1e6;
}

async function heapBytes(server: ServerProcess): Promise<number> {
  await untilClosed(server.url);
  return (await server.ask('heap')) as number;
}

async function openAndClose(url: string, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: false });
  let left = count;
  const open = async () => {
    while (left-- > 0) await openOnce(url, agent);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, open));
}

/** Opens one, waits for its endpoint, and goes away as a client does that has been closed. */
function openOnce(url: string, agent: Agent): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = get(`${url}/sse`, { agent }, (response) => {
    if (response.statusCode !== 200) reject(new BenchError(`/sse answered ${response.statusCode}`));
    response
      .once('data', () => request.destroy())
      .once('close', resolve)
      .on('error', () => undefined);
  });
  request.once('error', reject);
  return promise;
}

async function untilClosed(url: string): Promise<void> {
  while (!/^mcp_open_streams 0$/m.test(await (await fetch(`${url}/metrics`)).text())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
