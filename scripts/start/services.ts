/** The services that `npm start` runs. To join: add a line here, with a port of its own. */
import type { StartOptions } from './options.ts';

/** A service: a program of this repository that listens on a port. */
export interface Service {
  readonly name: string;
  readonly entry: string;
  readonly port: number;
  /** Answers 200 once the service can be used. */
  readonly readyPath: string;
  /** Settings beyond the environment that `npm start` was given; those given win. */
  readonly settings: Readonly<Record<string, string>>;
  /** Addresses for the table. */
  readonly addresses: readonly (readonly [what: string, path: string])[];
}

/** What services need of the rest. */
export interface Surroundings {
  readonly modelFile: string;
  /** Settings of the prediction log. */
  readonly log: Readonly<Record<string, string>>;
}

/** All services, in the order in which they are started; they are stopped in the reverse order. */
export function listServices({ port }: StartOptions, { modelFile, log }: Surroundings): readonly Service[] {
  return [
    {
      name: 'API',
      entry: 'apps/api/src/main.ts',
      port,
      readyPath: '/ready',
      settings: {
        PORT: String(port),
        HOST: '127.0.0.1',
        MODEL_FILE: modelFile,
        ...log,
        LOG_LEVEL: 'warn',
        // No endpoints have to forget this process.
        DRAIN_MS: '0',
      },
      addresses: [
        ['API', '/'],
        ['documentation', '/docs'],
        ['predictions', '/predictions'],
      ],
    },
  ];
}
