/** The services that `npm start` runs. To join: add a line here, with a port of its own. */
import { CLIENT_FLAGS, CLIENT_PROGRAM } from '../client/build.ts';
import type { StartOptions } from './options.ts';

/** Flags of Node that keep the MCP server below 160 MiB: without them it grows to 370 before it is tidied up. */
const MCP_FLAGS = ['--max-old-space-size=64', '--max-semi-space-size=4'];

/** A service: a program of this repository that listens on a port. */
export interface Service {
  readonly name: string;
  readonly entry: string;
  /** Flags of Node. */
  readonly flags?: readonly string[];
  readonly port: number;
  /** Answers 200 once the service can be used. */
  readonly readyPath: string;
  /** Settings beyond the environment that `npm start` was given; those given win. */
  readonly settings: Readonly<Record<string, string>>;
  /** Settings that win over those given, which are another service's of the same name. */
  readonly ownSettings?: Readonly<Record<string, string>>;
  /** Whether its output is shown as it comes, as it is unless said, or only if it fails. */
  readonly output?: 'shown' | 'quiet';
  /** Addresses for the table. */
  readonly addresses: readonly (readonly [what: string, path: string])[];
}

/** What services need of the rest. */
export interface Surroundings {
  readonly modelFile: string;
  /** Settings of the prediction log. */
  readonly log: Readonly<Record<string, string>>;
  /** A local MLflow, which MODEL_URI may be asked of. */
  readonly mlflowUrl: string | undefined;
  /** A registry to serve from instead of the file, and the key for changing it. */
  readonly registry: { readonly directory: string; readonly key: string } | undefined;
}

/** All services, in the order in which they are started; they are stopped in the reverse order. */
export function listServices(options: StartOptions, surroundings: Surroundings): readonly Service[] {
  const { port, clientPort, mcpPort, agentPort } = options;
  const { modelFile, log, mlflowUrl, registry } = surroundings;
  // Whoever asks the API needs it.
  const key: Readonly<Record<string, string>> = registry ? { API_KEY: registry.key } : {};
  return [
    {
      name: 'API',
      entry: 'apps/api/src/main.ts',
      port,
      readyPath: '/ready',
      settings: {
        PORT: String(port),
        HOST: '127.0.0.1',
        ...(registry ? { REGISTRY_DIR: registry.directory } : { MODEL_FILE: modelFile }),
        ...key,
        ...log,
        ...(mlflowUrl !== undefined && { MLFLOW_TRACKING_URI: mlflowUrl }),
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
    ...(mcpPort === undefined ? [] : [mcpServer(mcpPort, port, key)]),
    ...(mcpPort === undefined || agentPort === undefined ? [] : [agent(agentPort, mcpPort)]),
    ...(clientPort === undefined ? [] : [webClient(clientPort, port, agentPort, key)]),
  ];
}

type Key = Readonly<Record<string, string>>;

function mcpServer(port: number, apiPort: number, key: Key): Service {
  return {
    name: 'MCP server',
    entry: 'apps/mcp-server/src/main.ts',
    flags: MCP_FLAGS,
    port,
    // Ready when the API has told it the model.
    readyPath: '/',
    settings: { HOST: '127.0.0.1', LOG_LEVEL: 'warn', DRAIN_MS: '0', ...key },
    ownSettings: { PORT: String(port), API_URL: `http://127.0.0.1:${apiPort}` },
    addresses: [['MCP server', '/mcp']],
  };
}

function agent(port: number, mcpPort: number): Service {
  return {
    name: 'agent',
    entry: 'apps/agent/src/main.ts',
    port,
    readyPath: '/ready',
    settings: { HOST: '127.0.0.1', LOG_LEVEL: 'warn', DRAIN_MS: '0' },
    ownSettings: { PORT: String(port), MCP_SERVER_URL: `http://127.0.0.1:${mcpPort}/mcp` },
    addresses: [['agent', '/']],
  };
}

function webClient(port: number, apiPort: number, agentPort: number | undefined, key: Key): Service {
  return {
    name: 'web client',
    entry: CLIENT_PROGRAM,
    flags: CLIENT_FLAGS,
    port,
    readyPath: '/healthz',
    // Next prints a banner of its own.
    output: 'quiet',
    settings: { HOST: '127.0.0.1', DRAIN_MS: '0', ...key },
    ownSettings: {
      PORT: String(port),
      API_URL: `http://127.0.0.1:${apiPort}`,
      ...(agentPort !== undefined && { AGENT_URL: `http://127.0.0.1:${agentPort}` }),
    },
    addresses: [...(key.API_KEY === undefined ? [] : [['models', '/models'] as const]), ['web client', '/']],
  };
}
