/** vitest's global set-up of the tests that need the web client: builds it, once, if what it is built of has changed. */
import { buildClient, isClientBuilt } from '../../../scripts/client/build.ts';

export async function setup(): Promise<void> {
  if (isClientBuilt()) return;
  const code = await buildClient(new AbortController().signal);
  if (code !== 0) throw new Error('the web client cannot be built; the lines above say why');
}
