import type { RequestHandler } from '@iris/http-server';
import { describe, expect, it, vi } from 'vitest';
import { warmUp } from './warm-up.ts';

const pagesOf = (handle: RequestHandler) => ({ handle, close: async () => undefined });

describe('warmUp', () => {
  it('has a page made some times, one after the other', async () => {
    let inHand = 0;
    let most = 0;
    const handle = vi.fn<RequestHandler>((_request, response) => {
      most = Math.max(most, ++inHand);
      setImmediate(() => response.end('page', () => inHand--));
    });
    await warmUp(pagesOf(handle));
    expect(handle).toHaveBeenCalledTimes(10);
    expect(handle.mock.calls[0]![0].url).toBe('/');
    expect(most).toBe(1);
  });

  it('keeps nobody waiting for a page that cannot be made', async () => {
    await warmUp(pagesOf((_request, response) => response.destroy()));
    await warmUp(pagesOf(() => undefined));
  });
});
