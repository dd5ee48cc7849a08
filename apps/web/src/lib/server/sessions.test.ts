import { describe, expect, it } from 'vitest';
import { createSessions } from './sessions.ts';

const SECRETS = { password: 'correct horse battery', apiKey: 'key' };
const HOUR_MS = 3_600_000;

function sessionsAt(clock: { ms: number }, secrets = SECRETS) {
  return createSessions(secrets, () => clock.ms);
}

const pairOf = (setCookie: string) => setCookie.split(';')[0]!;

describe('a session', () => {
  it('is open for twelve hours, at every replica with the same secrets', () => {
    const clock = { ms: 1e12 };
    const cookie = `locale=fr; ${pairOf(sessionsAt(clock).begin(false))}; other=1`;
    const replica = sessionsAt(clock);
    expect(replica.read(cookie).isOpen).toBe(true);
    clock.ms += 12 * HOUR_MS - 1000;
    expect(replica.read(cookie).isOpen).toBe(true);
    clock.ms += 1000;
    expect(replica.read(cookie)).toEqual({ isOpen: false, known: expect.any(String) });
  });

  it('ends with another password or another key of the API', () => {
    const clock = { ms: 1e12 };
    const ours = sessionsAt(clock);
    for (const other of [{ password: 'another password' }, { apiKey: 'another' }]) {
      const theirs = sessionsAt(clock, { ...SECRETS, ...other });
      const value = pairOf(theirs.begin(false)).split('=')[1];
      expect(theirs.name).not.toBe(ours.name);
      expect(ours.read(`${ours.name}=${value}`)).toEqual({ isOpen: false, known: undefined });
    }
  });

  it('cannot be made longer, or made up', () => {
    const clock = { ms: 1e12 };
    const sessions = sessionsAt(clock);
    const [ends, signature] = pairOf(sessions.begin(false)).split('=')[1]!.split('.');
    const made = [
      `${Number(ends) + 1}.${signature}`,
      `${ends}.`,
      `${ends}`,
      '.',
      '',
      `9999999999.${'A'.repeat(43)}`,
      `x.${signature}`,
    ];
    for (const value of made) expect(sessions.read(`${sessions.name}=${value}`).isOpen, value).toBe(false);
    expect(sessions.read(null).isOpen).toBe(false);
  });

  it('is a cookie that no script reads and no other site sends, over TLS only where the page came so', () => {
    const sessions = sessionsAt({ ms: 1e12 });
    expect(sessions.begin(false)).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(sessions.begin(true)).toMatch(/; SameSite=Lax; Secure$/);
    expect(sessions.end()).toMatch(/=; Path=\/; Max-Age=0;/);
  });
});

describe('the password', () => {
  it.each([
    ['correct horse battery', true],
    ['correct horse battery ', false],
    ['Correct horse battery', false],
    ['', false],
    ['x'.repeat(10_000), false],
  ])('is %j: %s', (given, right) => {
    expect(sessionsAt({ ms: 0 }).isPassword(given)).toBe(right);
  });
});
