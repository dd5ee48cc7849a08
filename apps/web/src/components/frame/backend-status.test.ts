import { describe, expect, it } from 'vitest';
import type { BackendInfo } from '../../lib/api/types.ts';
import { backendStatus } from './backend-status.ts';

const VERSION = {
  version: '0.1.0',
  model: 'rf',
  dataset: 'iris',
  checksum: 'sha256:0',
  build: 'test',
  environment: 'test',
  instance: 'pod-1',
};

function info(readiness: string, status: 'healthy' | 'error' = 'healthy'): BackendInfo {
  return { version: VERSION, health: { status, model_loaded: true, version: '0.1.0', current_model: 'rf' }, readiness };
}

describe('backendStatus', () => {
  it.each([
    [undefined, undefined, 'asking', 'passing'],
    [info('READY'), undefined, 'healthy', 'good'],
    [info('DRAINING'), undefined, 'draining', 'passing'],
    [info('CURRENT_MODEL_MISSING'), undefined, 'loading', 'passing'],
    [info('READY', 'error'), undefined, 'error', 'bad'],
    [info('READY'), 'API_UNREACHABLE', 'unreachable', 'bad'],
    [info('READY'), 'API_TIMEOUT', 'slow', 'bad'],
    [undefined, 'CLIENT_UNREACHABLE', 'clientUnreachable', 'bad'],
    [undefined, 'WHATEVER', 'unreachable', 'bad'],
  ] as const)('case %#: %s', (last, code, status, mood) => {
    expect(backendStatus(last, code && { code })).toEqual({ status, mood });
  });
});
