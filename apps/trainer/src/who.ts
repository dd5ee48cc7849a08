/** Who runs a command: for the history of a registry. */
import { hostname, userInfo } from 'node:os';

/** `ada@laptop`; in a pod, whose user has no name, the name of the pod. */
export function whoAmI(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return hostname();
  }
}
