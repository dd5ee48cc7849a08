/** A `postgresql://` address taken apart, as libpq reads it (PostgreSQL documentation, 34.1.1.2, "Connection URIs"). */
import { PredictionLogError } from '../errors.ts';

/** The parts of an address; none is empty. */
export interface Address {
  /** A name, an IP address, or the directory of a Unix socket, which begins with a slash. */
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The user's name when the address names none, as PostgreSQL has it. */
  readonly database: string | undefined;
  /** All other parameters of the query. */
  readonly parameters: ReadonlyMap<string, string>;
}

const DEFAULT_HOST = 'localhost';
const DEFAULT_PORT = 5432;
const MAX_PORT = 65_535;
/** Stands in for a host that is left out, which `URL` does not take. */
const NO_HOST = 'no-host.invalid';
const START = /^postgres(?:ql)?:\/\/([^/?#]*@)?(?=[:/?#]|$)/;

/**
 * Reads an address. Those without a host are taken too: `postgresql://user:password@/database?host=/var/run/postgresql`.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_ADDRESS_INVALID` with what is wrong, and without the password
 */
export function parseAddress(text: string): Address {
  if (!/^postgres(ql)?:\/\//.test(text)) throw invalidAddress('must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE');
  const whole = text.replace(START, (start) => start + NO_HOST);
  if (!URL.canParse(whole)) {
    throw invalidAddress(
      'must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with one host, and with signs like @ and / of a password as %40 and %2F',
    );
  }
  const url = new URL(whole);
  const parameters = new Map(url.searchParams);
  const take = (name: string, fallback: string) => {
    const value = parameters.get(name) || decode(fallback);
    parameters.delete(name);
    return value === '' ? undefined : value;
  };
  const host = take('host', url.hostname === NO_HOST ? '' : url.hostname.replace(/^\[(.*)\]$/, '$1')) ?? DEFAULT_HOST;
  if (host.includes(',')) throw invalidAddress('must name one host: a list of hosts is not supported');
  return {
    host,
    port: readPort(take('port', url.port)),
    user: take('user', url.username),
    password: take('password', url.password),
    database: take('dbname', url.pathname.slice(1)),
    parameters,
  };
}

/** Whether the host is the directory of a Unix socket. */
export function isSocket({ host }: Pick<Address, 'host'>): boolean {
  return host.startsWith('/');
}

/** The error of an address that cannot be used; the detail follows the name of the setting. */
export function invalidAddress(detail: string): PredictionLogError {
  return new PredictionLogError('PREDICTION_LOG_ADDRESS_INVALID', detail);
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= MAX_PORT) return port;
  throw invalidAddress('must have a port from 1 to 65535');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidAddress('must have % only before two hexadecimal digits');
  }
}
