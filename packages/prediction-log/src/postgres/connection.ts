/** From an address to connections: in clear or over TLS, with and without a pooler between. */
import { Client, type ClientConfig } from 'pg';
import { type Address, invalidAddress, parseAddress } from './address.ts';
import { type Encryption, readEncryption, readMode } from './tls.ts';

const CONNECT_MS = 3000;
/** Errors after which another way of encryption may do: what a server, a pg_hba.conf or a handshake says to one. */
const REFUSED_STATES = new Set(['28000', '08P01']);
const NETWORK_ERRORS = /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES|ETIMEDOUT)$/;

/**
 * Looks at an address without connecting or reading a file.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_ADDRESS_INVALID` with what is wrong in one line
 */
export function checkAddress(text: string): Address {
  const address = parseAddress(text);
  readMode(address);
  return address;
}

/**
 * The same with the files of certificates that it names.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_ADDRESS_INVALID`
 */
export function checkConnection(text: string): void {
  try {
    readEncryption(parseAddress(text));
  } catch (error) {
    throw invalidAddress(`DATABASE_URL: ${(error as Error).message}`);
  }
}

/**
 * What the driver needs of an address, but for the encryption. There are no parameters of the start-up that a pooler would refuse.
 *
 * @param name that the server's `pg_stat_activity` shows
 */
export function clientConfig({ host, port, user, password, database, parameters }: Address, name: string): ClientConfig {
  const seconds = Number(parameters.get('connect_timeout'));
  const options = parameters.get('options');
  return {
    host,
    port,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(options !== undefined && { options }),
    application_name: parameters.get('application_name') ?? name,
    connectionTimeoutMillis: seconds > 0 ? 1000 * seconds : CONNECT_MS,
    keepAlive: true,
  };
}

/** Connects in the first way of encryption that the server takes. @throws what the last attempt threw */
export async function connectAnyWay<T>(address: Address, connect: (encryption: Encryption) => Promise<T>): Promise<T> {
  const ways = readEncryption(address);
  for (const way of ways.slice(0, -1)) {
    try {
      return await connect(way);
    } catch (error) {
      if (!isAboutEncryption(error)) throw error;
    }
  }
  return connect(ways.at(-1) ?? false);
}

/** One connection, for a single errand. */
export async function openClient(
  connectionString: string,
  config: ClientConfig & { readonly application_name: string },
): Promise<Client> {
  const address = parseAddress(connectionString);
  return connectAnyWay(address, async (ssl) => {
    const client = new Client({ ...clientConfig(address, config.application_name), ...config, ssl });
    // A connection that ends by itself is told by the query under way.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  });
}

/** Whether it came after a server was there: who does not answer would not answer in another way either. */
function isAboutEncryption(error: unknown): boolean {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (/^[0-9A-Z]{5}$/.test(code)) return REFUSED_STATES.has(code);
  return !NETWORK_ERRORS.test(code) && !(error instanceof AggregateError) && !/time-?out/i.test(message);
}
