/** `npm run images`: builds the images one after the other, each from Docker's cache as far as nothing has changed. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildCommand, type Image } from './catalogue.ts';
import { docker, requireDaemon } from './docker.ts';
import { ImagesError, type ImagesOptions, readOptions, USAGE } from './options.ts';

const ROOT = join(import.meta.dirname, '../..');

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  if (!(error instanceof ImagesError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run({ images, network, verbose }: ImagesOptions): Promise<void> {
  await requireDaemon(ROOT);
  const revision = describeRevision();
  for (const image of images) {
    process.stdout.write(`${image.tags.join(', ')} …`);
    const started = performance.now();
    const { code, printed } = await docker(buildCommand(image, revision, network), ROOT, verbose);
    process.stdout.write(` ${code === 0 ? `${((performance.now() - started) / 1000).toFixed(1)} s` : 'failed'}\n`);
    if (code !== 0) throw new ImagesError(`${verbose ? '' : printed}${explain(image, printed)}`);
  }
}

/** The commit that the images are made of, with a mark when the checkout differs from it. */
function describeRevision(): string {
  try {
    const words = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // An archive of the sources, or no git.
    return 'unknown';
  }
}

function explain({ tags }: Image, printed: string): string {
  const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network.*(unreachable|timed? ?out)/i.test(printed);
  const hint = unreachable ? ' The build could not reach the npm registry: try DOCKER_BUILD_NETWORK=host.' : '';
  return `${tags[0]} was not built; what Docker printed stands above.${hint}`;
}
