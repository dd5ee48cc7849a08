import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { boundSamplesInFlight } from './samples-in-flight.ts';

const openResponse = () => new EventEmitter() as ServerResponse;

describe('boundSamplesInFlight', () => {
  it('lets requests in up to the bound, and again when a response closes', () => {
    const admit = boundSamplesInFlight(1000);
    const first = openResponse();
    admit(600, first);
    expect(() => admit(600, openResponse())).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
    admit(400, openResponse());
    first.emit('close');
    expect(() => admit(600, openResponse())).not.toThrow();
  });

  it('lets a lone request in whatever its size, and small ones always', () => {
    const admit = boundSamplesInFlight(1000);
    admit(5000, openResponse());
    expect(() => admit(100, openResponse())).not.toThrow();
    expect(() => admit(101, openResponse())).toThrow();
  });
});
