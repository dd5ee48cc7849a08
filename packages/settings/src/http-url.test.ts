import { describe, expect, it } from 'vitest';
import { httpUrlFaults } from './http-url.ts';

describe('httpUrlFaults', () => {
  it.each([undefined, 'http://localhost:8000', 'https://api.example/v1', 'http://[::1]:8001/sse'])('takes %j', (url) => {
    expect(httpUrlFaults('API_URL', url)).toEqual([]);
  });

  it.each([
    'localhost:8000',
    'ftp://host',
    'not an address',
    'http://user:pass@host',
    'http://:pass@host',
    'http://host?key=1',
    'http://host#x',
  ])('refuses %j and does not repeat it', (url) => {
    const [fault] = httpUrlFaults('API_URL', url);
    expect(fault).toMatchObject({ key: 'API_URL' });
    expect(fault!.detail).not.toContain(url);
  });
});
