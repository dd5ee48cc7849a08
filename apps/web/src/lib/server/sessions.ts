/**
 * Sessions without a memory: a cookie that says until when it counts, signed, so that every replica with the same secrets knows it.
 * Nothing can be called back before it ends; another password, or another key, ends all of them.
 */
import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto';

/** A working day. */
const SESSION_S = 12 * 3600;
/** An ended session still tells that this browser has known the password: what strangers do does not keep it out. */
const REMEMBERED_S = 30 * 24 * 3600;
const KEY_BYTES = 32;
const NAME_CHARACTERS = 8;

export interface SessionSecrets {
  readonly password: string;
  /** The API's key, if there is one. */
  readonly apiKey: string | undefined;
}

export interface Sessions {
  /** Name of the cookie. Cookies know no ports: clients with other secrets at the same host have others. */
  readonly name: string;
  /** Whether this is the password; takes the same time for each that is not. */
  isPassword(given: string): boolean;
  /** `Set-Cookie` of a new session. */
  begin(secure: boolean): string;
  /** `Set-Cookie` that ends it in this browser. */
  end(): string;
  /** What a request's cookies say. */
  read(cookies: string | null): SessionState;
}

interface SessionState {
  readonly isOpen: boolean;
  /** The cookie's value where it is ours, whether it has ended or not. */
  readonly known: string | undefined;
}

/**
 * @param now clock in ms since 1970.
 */
export function createSessions({ password, apiKey = '' }: SessionSecrets, now: () => number): Sessions {
  // Slow once, so that whoever has a cookie cannot try passwords against its signature.
  const key = scryptSync(password, `iris web session ${apiKey}`, KEY_BYTES);
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  const name = `iris_session_${sign('name').toString('hex').slice(0, NAME_CHARACTERS)}`;
  const seconds = () => Math.floor(now() / 1000);
  const isSignatureOf = (text: string, signature: string) => {
    const given = Buffer.from(signature, 'base64url');
    const right = sign(text);
    return given.length === right.length && timingSafeEqual(given, right);
  };
  return {
    name,
    isPassword: (given) => timingSafeEqual(sign(`password ${given}`), sign(`password ${password}`)),
    begin(secure) {
      const ends = String(seconds() + SESSION_S);
      return cookie(`${name}=${ends}.${sign(`session ${ends}`).toString('base64url')}`, REMEMBERED_S, secure);
    },
    end: () => cookie(`${name}=`, 0, false),
    read(cookies) {
      const value = findCookie(cookies, name);
      const [ends = '', signature = ''] = value?.split('.') ?? [];
      const isOurs = /^\d{1,12}$/.test(ends) && isSignatureOf(`session ${ends}`, signature);
      return { isOpen: isOurs && Number(ends) > seconds(), known: isOurs ? value : undefined };
    },
  };
}

function cookie(pair: string, maxAge: number, secure: boolean): string {
  return `${pair}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

function findCookie(cookies: string | null, name: string): string | undefined {
  const pairs = cookies?.split(';').map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
