import { describe, expect, it } from 'vitest';
import { answerLogin, answerLogout } from './answer-login.ts';
import { createAttempts } from './attempts.ts';
import type { Login } from './login.ts';
import { createSessions } from './sessions.ts';

const PASSWORD = 'correct horse battery';

function makeLogin(): Login {
  return {
    sessions: createSessions({ password: PASSWORD, apiKey: undefined }, () => 1e12),
    attempts: createAttempts(() => 0),
  };
}

const refusals: string[] = [];

function send(login: Login | undefined, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request('http://client.test/api/session', {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'x-iris-peer': '192.0.2.1', ...headers },
  });
  return answerLogin(request, { login, trustProxy: false, onRefusal: (...told) => refusals.push(told.join(' ')) });
}

describe('answerLogin', () => {
  it('begins a session with the right password and leads back', async () => {
    const login = makeLogin();
    const answer = await send(login, { password: PASSWORD, next: '/history?limit=5' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/history?limit=5']);
    expect(login.sessions.read(answer.headers.get('set-cookie')!.split(';')[0]!).isOpen).toBe(true);
  });

  it('leads nowhere else, whatever the form says', async () => {
    const answer = await send(makeLogin(), { password: PASSWORD, next: '//evil.example/' });
    expect(answer.headers.get('location')).toBe('/');
  });

  it('sets a cookie for TLS alone where the browser says that the page came so', async () => {
    const over = async (scheme: string) =>
      (await send(makeLogin(), { password: PASSWORD }, { origin: `${scheme}://client.test` })).headers.get('set-cookie');
    expect(await over('https')).toContain('; Secure');
    expect(await over('http')).not.toContain('Secure');
  });

  it('begins none with another password or none, and tells who tried', async () => {
    for (const form of [{ password: 'wrong', next: '/model' }, { next: '/model' }]) {
      const answer = await send(makeLogin(), form as Record<string, string>);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?fault=wrong&next=%2Fmodel']);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(refusals).toContain('wrong 192.0.2.1');
  });

  it('does not even look after ten wrong ones, and lets in who has known the password from the same address', async () => {
    const login = makeLogin();
    for (let n = 0; n < 10; n++) await send(login, { password: 'wrong' });
    const tooMany = await send(login, { password: PASSWORD });
    expect(tooMany.headers.get('location')).toBe('/login?fault=tooMany&next=%2F');
    const cookie = login.sessions.begin(false).split(';')[0]!;
    expect((await send(login, { password: PASSWORD }, { cookie })).headers.get('location')).toBe('/');
  });

  it('takes no form without end', async () => {
    expect((await send(makeLogin(), { filler: 'x'.repeat(100_000), password: PASSWORD })).headers.get('set-cookie')).toBeNull();
  });

  it('lets everybody through where nobody has to log in', async () => {
    const answer = await send(undefined, { next: '/model' });
    expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual(['/model', null]);
  });
});

describe('answerLogout', () => {
  it('takes the cookie away', () => {
    const answer = answerLogout(makeLogin());
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login']);
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
  });
});
