/** vitest's global set-up of these tests: builds the images, of which Docker's cache has what has not changed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export async function setup(): Promise<void> {
  const script = join(import.meta.dirname, '../../../scripts/images/main.ts');
  const [code] = await once(spawn(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit'] }), 'close');
  if (code !== 0) throw new Error('the images cannot be built; the lines above say why');
}
