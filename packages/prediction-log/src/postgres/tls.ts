/** TLS to the server by `sslmode`, as libpq has it (PostgreSQL documentation, 34.18, "SSL Support"), and what of it we do not have. */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { type Address, invalidAddress, isSocket } from './address.ts';

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type Mode = (typeof MODES)[number];
/** Names that other programs have for one of them. */
const ALIASES: Readonly<Record<string, Mode>> = { 'no-verify': 'require' };
/** `sslrootcert=system`: the authorities that everybody trusts. */
const SYSTEM = 'system';
/** Parameters that we cannot obey, with the values that ask for nothing. To go on without them would be less than was asked for. */
const UNSUPPORTED: Readonly<Record<string, readonly string[]>> = {
  channel_binding: ['prefer', 'disable'],
  gssencmode: ['prefer', 'disable'],
  hostaddr: [],
  require_auth: [],
  requirepeer: [],
  service: [],
  ssl_max_protocol_version: [],
  ssl_min_protocol_version: ['TLSv1.2'],
  sslcertmode: ['allow'],
  sslcrl: [],
  sslcrldir: [],
  sslnegotiation: ['postgres'],
  target_session_attrs: ['any'],
};

/** TLS for a connection, or none. */
export type Encryption = ConnectionOptions | false;

/**
 * The ways to connect, in the order in which they are to be tried. Reads the files of certificates anew at each call: they are exchanged
 * while a program runs.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_ADDRESS_INVALID` for a mode or parameter that we do not have, or a file that cannot be read
 */
export function readEncryption(address: Address): readonly Encryption[] {
  const mode = readMode(address);
  if (isSocket(address)) return [false];
  switch (mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, unverified(address)];
    case 'prefer':
      return [unverified(address), false];
    case 'require':
      // libpq: with an authority it is verify-ca, as it was before there was verify-ca.
      return [address.parameters.has('sslrootcert') ? verified(address, false) : unverified(address)];
    case 'verify-ca':
      return [verified(address, false)];
    case 'verify-full':
      return [verified(address, true)];
  }
}

/** The mode. @throws {PredictionLogError} for what does not fit together; reads no file */
export function readMode({ parameters }: Pick<Address, 'parameters'>): Mode {
  for (const [name, value] of parameters) {
    if (Object.hasOwn(UNSUPPORTED, name) && !UNSUPPORTED[name]?.includes(value)) {
      throw invalidAddress(`must not have ${name}=${value}, which is not supported here`);
    }
  }
  const isSystem = parameters.get('sslrootcert') === SYSTEM;
  const given = parameters.get('sslmode') ?? defaultMode(parameters, isSystem);
  const mode = ALIASES[given] ?? MODES.find((known) => known === given);
  if (mode === undefined) throw invalidAddress(`must have one of ${MODES.join(', ')} for sslmode, not ${given}`);
  if (isSystem && mode !== 'verify-full') throw invalidAddress('must have sslmode=verify-full with sslrootcert=system');
  if (mode === 'verify-ca' && !parameters.has('sslrootcert')) {
    throw invalidAddress('must have sslrootcert with sslmode=verify-ca: the file of the authority that signed the certificate');
  }
  if (parameters.has('sslcert') !== parameters.has('sslkey'))
    throw invalidAddress('must have both or none of sslcert and sslkey');
  return mode;
}

function defaultMode(parameters: Address['parameters'], isSystem: boolean): Mode {
  if (isSystem) return 'verify-full';
  return parameters.get('ssl') === 'true' ? 'require' : 'prefer';
}

function unverified(address: Address): ConnectionOptions {
  return { ...ownCertificate(address), rejectUnauthorized: false };
}

function verified(address: Address, isHostChecked: boolean): ConnectionOptions {
  const root = address.parameters.get('sslrootcert');
  return {
    ...ownCertificate(address),
    ...(root !== undefined && root !== SYSTEM && { ca: readParameter(address, 'sslrootcert') }),
    ...(!isHostChecked && { checkServerIdentity: () => undefined }),
    rejectUnauthorized: true,
  };
}

function ownCertificate(address: Address): ConnectionOptions {
  if (!address.parameters.has('sslcert')) return {};
  const passphrase = address.parameters.get('sslpassword');
  return {
    cert: readParameter(address, 'sslcert'),
    key: readParameter(address, 'sslkey'),
    ...(passphrase !== undefined && { passphrase }),
  };
}

function readParameter({ parameters }: Address, name: string): Buffer {
  const path = parameters.get(name) ?? '';
  try {
    return readFileSync(path);
  } catch (error) {
    throw invalidAddress(`must name a file that can be read in ${name}: ${(error as Error).message}`);
  }
}
