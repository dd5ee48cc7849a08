import { describe, expect, it } from 'vitest';
import { type PodStatus, podFaults } from './faults.ts';

const pod = (status: PodStatus['status']): PodStatus => ({ metadata: { name: 'p' }, spec: { nodeName: 'node-1' }, status });
const waiting = (reason: string, message?: string) =>
  pod({
    containerStatuses: [{ image: 'api:0.1.0', restartCount: 0, state: { waiting: { reason, ...(message && { message }) } } }],
  });

describe('podFaults', () => {
  it.each(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull'])('%s: says how to build and load the image', (reason) => {
    expect(podFaults([waiting(reason)])).toEqual([
      'pod p: image api:0.1.0 is not on node node-1. Build it with: npm run images; load it with: npm run k8s -- load api:0.1.0',
    ]);
  });

  it('names a Secret that is missing', () => {
    expect(podFaults([waiting('CreateContainerConfigError', 'secret "iris-secrets" not found')])[0]).toContain(
      'secret "iris-secrets" not found',
    );
  });

  it('says where a program that ends tells why', () => {
    expect(podFaults([waiting('CrashLoopBackOff')])[0]).toContain('kubectl logs p --previous');
  });

  it('says that no node has room', () => {
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 Insufficient cpu',
    };
    expect(podFaults([pod({ conditions: [condition] })])[0]).toContain('Insufficient cpu');
  });

  it('finds nothing wrong with a pod that starts', () => {
    expect(podFaults([waiting('ContainerCreating'), pod({})])).toEqual([]);
  });
});
