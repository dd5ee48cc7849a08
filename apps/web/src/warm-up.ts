/** Makes a page some times before anybody asks: the first ones take ten times as long as those to come, 0.6 s on half a core. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pages } from './load-pages.ts';

const PAGES = 10;
/** An API that does not answer keeps nobody waiting longer. */
const LONGEST_MS = 3000;

/** Resolves when the pages are warm, or when it has taken long enough; a page that cannot be made is told to those who ask for it. */
export async function warmUp(pages: Pages): Promise<void> {
  // Next needs a real socket, and nobody else may ask yet.
  const server = createServer(pages.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    for (let made = 0; made < PAGES; made++) await (await fetch(`http://127.0.0.1:${port}/`, { signal })).arrayBuffer();
  } catch {
    // Such as at the time limit.
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
