/** Work on the registry's disk, one piece at a time: a disk that stands still then holds one of the process's few threads for files. */
import { ApiError } from '../../errors.ts';

/** Does the work when its turn has come. @throws ApiError `OVERLOADED` where too many wait already. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** @param maxWaiting how many may wait for the one whose turn it is. */
export function createQueue(maxWaiting: number): InTurn {
  let unfinished = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async function inTurn(work) {
    if (unfinished > maxWaiting) throw new ApiError('OVERLOADED', 'Others are asking for the models; try again.');
    unfinished++;
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done.finally(() => {
      unfinished--;
    });
  };
}
