/** Addresses of other services. */
import type { SettingFault } from './read-settings.ts';

/**
 * What is wrong with the address of an HTTP service; none for one that is not set.
 *
 * A user and password in it are refused: addresses stand in the log, and secrets have settings of their own.
 */
export function httpUrlFaults(key: string, url: string | undefined): SettingFault[] {
  if (url === undefined || isPlainHttpUrl(url)) return [];
  return [{ key, detail: 'must be http://HOST:PORT or https://HOST, without user, query or fragment' }];
}

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}
