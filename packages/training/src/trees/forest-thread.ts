/** The program of a thread that helps to grow a forest: it is sent a task, and answers with its share of the trees. */
import { parentPort } from 'node:worker_threads';
import { ForestShare, type ForestTask } from './forest-share.ts';

parentPort?.once('message', (task: ForestTask) => {
  const share = new ForestShare(task);
  while (share.growNext());
  parentPort?.postMessage(share.result());
});
