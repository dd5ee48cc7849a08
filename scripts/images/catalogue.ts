/** The images of this project, under the names that the courses use. */

/** One image. */
export interface Image {
  /** All its names; one that several courses name differently has several. */
  readonly tags: readonly string[];
  /** Path from the repository's root. */
  readonly dockerfile: string;
  readonly buildArguments: Readonly<Record<string, string>>;
}

const SERVER = 'docker/server.Dockerfile';

/** In the order in which they are built: what shares layers stands together. */
export const IMAGES: readonly Image[] = [
  server(['mlops-server:0.1.0', 'api:0.1.0'], { MODEL_NAME: 'rf', VERSION: '0.1.0' }),
  server(['mlops-server:0.2.0', 'api:0.2.0'], { MODEL_NAME: 'svm', VERSION: '0.2.0' }),
  server(['mlops-server:0.3.0', 'api:0.3.0'], { MODEL_NAME: 'logreg', VERSION: '0.3.0' }),
  server(['mlops-server:0.4.0', 'api:0.4.0'], { MODEL_NAME: 'gbt', VERSION: '0.4.0' }),
  server(['iris-api:1.0.0'], { MODEL_NAME: 'rf', VERSION: '1.0.0' }),
  // Of all models the best on churn.
  server(['churn-api:v1'], { MODEL_NAME: 'logreg', VERSION: '1.0.0', DATASET: 'churn' }),
  { tags: ['mlops-client:latest'], dockerfile: 'docker/client.Dockerfile', buildArguments: {} },
  { tags: ['mcp-server:latest'], dockerfile: 'docker/mcp-server.Dockerfile', buildArguments: {} },
  { tags: ['mlops-agent:latest'], dockerfile: 'docker/agent.Dockerfile', buildArguments: {} },
];

/** Built where they are named: large, and not of this repository's code. */
export const OTHER_IMAGES: readonly Image[] = [
  { tags: ['mlflow-server:3.17.2'], dockerfile: 'docker/mlflow.Dockerfile', buildArguments: {} },
];

function server(tags: readonly string[], buildArguments: Image['buildArguments']): Image {
  return { tags, dockerfile: SERVER, buildArguments };
}

/**
 * Chooses images by name.
 *
 * @param names tags such as `mlops-server:0.1.0`, or repositories such as `mlops-server`; none chooses `IMAGES`.
 * @returns the images, and those of the names that are no image's.
 */
export function chooseImages(names: readonly string[]): {
  readonly images: readonly Image[];
  readonly unknown: readonly string[];
} {
  const all = [...IMAGES, ...OTHER_IMAGES];
  const answersTo = ({ tags }: Image, name: string) => tags.some((tag) => tag === name || tag.split(':')[0] === name);
  return {
    images: names.length === 0 ? IMAGES : all.filter((image) => names.some((name) => answersTo(image, name))),
    unknown: names.filter((name) => !all.some((image) => answersTo(image, name))),
  };
}

/** What `docker` is called with to build an image out of the current directory. */
export function buildCommand(
  { tags, dockerfile, buildArguments }: Image,
  revision: string,
  network: string | undefined,
): string[] {
  const given = Object.entries({ ...buildArguments, REVISION: revision });
  return [
    'build',
    ...(network === undefined ? [] : ['--network', network]),
    ...given.flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...tags.flatMap((tag) => ['--tag', tag]),
    '--file',
    dockerfile,
    '.',
  ];
}
