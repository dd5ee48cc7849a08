/** Why pods do not start, as far as their status says so, and what to do about it. */
import { OURS } from './strategy.ts';

/** As much of a pod as is read here. */
export interface PodStatus {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly image: string;
      readonly restartCount: number;
      readonly state: { readonly waiting?: { readonly reason: string; readonly message?: string } };
    }[];
  };
}

/**
 * What is wrong with pods.
 *
 * @returns a line for each pod that cannot start by waiting alone; none if there is hope.
 */
export function podFaults(pods: readonly PodStatus[]): string[] {
  return pods.flatMap((pod) => faultOf(pod).map((fault) => `pod ${pod.metadata.name}: ${fault}`));
}

function faultOf({ metadata, spec, status }: PodStatus): string[] {
  const unscheduled = status.conditions?.find(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
  if (unscheduled) return [`no node has room for it (${unscheduled.message}). Free some with: npm run k8s -- clean`];
  return (status.containerStatuses ?? []).flatMap(({ image, state: { waiting } }) => {
    switch (waiting?.reason) {
      case 'ErrImagePull':
      case 'ImagePullBackOff':
      case 'ErrImageNeverPull':
      case 'InvalidImageName':
        return [
          `image ${image} is not on node ${spec.nodeName}. Build it with: npm run images; load it with: npm run k8s -- load ${image}`,
        ];
      case 'CreateContainerConfigError':
        return [`${waiting.message}. Make it as the folder's README says`];
      case 'CrashLoopBackOff':
        return [`it ends as soon as it starts. See: kubectl logs ${metadata.name} --previous`];
      default:
        return [];
    }
  });
}

/** The arguments that list our pods. */
export const OUR_PODS = ['get', 'pods', '--selector', OURS];
