import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';

describe('parseAddress', () => {
  it.each([
    ['postgresql://u:p@h:5433/d', { host: 'h', port: 5433, user: 'u', password: 'p', database: 'd' }],
    ['postgres://u@h/d', { host: 'h', port: 5432, user: 'u', password: undefined, database: 'd' }],
    ['postgresql://h', { host: 'h', database: undefined }],
    ['postgresql://u:p@/d?host=/var/run/postgresql', { host: '/var/run/postgresql', port: 5432, user: 'u', password: 'p' }],
    ['postgresql:///d?host=/tmp&port=5444', { host: '/tmp', port: 5444, user: undefined, database: 'd' }],
    ['postgresql://u@:5444/d?host=%2Ftmp', { host: '/tmp', port: 5444, user: 'u' }],
    ['postgresql://u:p@%2Frun%2Fpg/d', { host: '/run/pg', password: 'p', database: 'd' }],
    ['postgresql://', { host: 'localhost', port: 5432, database: undefined }],
    ['postgresql://[::1]:5433/d', { host: '::1', port: 5433 }],
    ['postgresql://u%40x:p%2F%40%25@h/d%20e', { user: 'u@x', password: 'p/@%', database: 'd e' }],
    ['postgresql://h/d?user=u&password=p&dbname=e', { user: 'u', password: 'p', database: 'e' }],
  ])('reads %s', (text, parts) => {
    expect(parseAddress(text)).toMatchObject(parts);
  });

  it('keeps all other parameters', () => {
    expect([...parseAddress('postgresql://h/d?sslmode=require&a=b').parameters]).toEqual([
      ['sslmode', 'require'],
      ['a', 'b'],
    ]);
  });

  it.each([
    'mysql://h/d',
    'postgresql://u:secret@h:port/d',
    'postgresql://u:secret@h:99999/d',
    'postgresql://h/d?port=0',
    'postgresql://u:secret@a,b/d',
    'postgresql://u:secret@h/d?host=a,b',
    'postgresql://u:secret%@h/d',
    'h/d',
    '',
  ])('refuses %j in one line, without the password', (text) => {
    const refused = expect.objectContaining({
      code: 'PREDICTION_LOG_ADDRESS_INVALID',
      message: expect.stringMatching(/^must [^\n]+$/),
    });
    expect(() => parseAddress(text)).toThrow(refused);
    expect(() => parseAddress(text)).not.toThrow('secret');
  });
});
