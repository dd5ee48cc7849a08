/** The command line of `npm run images`. */
import { parseArgs } from 'node:util';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { chooseImages, IMAGES, type Image, OTHER_IMAGES } from './catalogue.ts';

/** A problem that one line explains. */
export class ImagesError extends Error {}

/** What to build. */
export interface ImagesOptions {
  readonly images: readonly Image[];
  /** Network of the build's own steps; Docker's default if undefined. */
  readonly network: string | undefined;
  readonly verbose: boolean;
}

const listed = (images: readonly Image[]) => images.map(({ tags }) => `  ${tags.join(', ')}`).join('\n');

/** What `--help` prints. */
export const USAGE = `Usage: npm run images [-- --only NAME]… [--network NETWORK] [--verbose]

Builds the images with Docker; what has not changed since the last time comes from Docker's cache.

${listed(IMAGES)}

and, only where it is named:

${listed(OTHER_IMAGES)}

  --only     one image, by a name above or its part before the colon; may be given several times
  --network  network of the build's steps, as docker build takes it: host, where containers reach no registry otherwise;
             DOCKER_BUILD_NETWORK sets it too
  --verbose  shows what Docker prints
`;

/**
 * Parses the arguments.
 *
 * @throws ImagesError with one line for an argument that is not known.
 */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ImagesOptions | 'help' {
  try {
    const taken = optionsTakenByNpm(['only', 'network'], environment);
    if (taken.length > 0) throw new Error(describeTaken(taken, 'npm run images -- --only mlops-client'));
    const { values } = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        network: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    return {
      images: choose(values.only),
      network: values.network ?? (environment.DOCKER_BUILD_NETWORK || undefined),
      verbose: values.verbose,
    };
  } catch (error) {
    throw new ImagesError(`npm run images: ${(error as Error).message.split('\n')[0]}`);
  }
}

function choose(names: readonly string[]): readonly Image[] {
  const { images, unknown } = chooseImages(names);
  if (unknown.length === 0) return images;
  throw new Error(
    `--only must be one of ${[...IMAGES, ...OTHER_IMAGES].flatMap(({ tags }) => tags).join(', ')}, not ${unknown.join(', ')}`,
  );
}
