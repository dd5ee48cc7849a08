import { expect, it } from 'vitest';
import { readRepositoryFile } from '../../repository.ts';
import { shifted } from './folders.ts';

it('moves a node port and leaves every other port', () => {
  const service = readRepositoryFile('k8s/rolling/40-service-mlops-server-svc.yaml');
  const moved = shifted(service, 1000);
  expect(moved).toContain('nodePort: 31800\n    port: 8000');
  expect(shifted(moved, -1000)).toBe(service);
});
