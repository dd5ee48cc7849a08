/** Whether one pod reaches another, tried from inside it. */
import type { Suite } from './suite.ts';

/** A policy that refuses drops silently: what has not connected by then never will. */
const PATIENCE_MS = 3000;

const TRY = `
const [name, port] = process.argv.slice(1);
const say = (word) => { console.log(word); process.exit(); };
require('node:dns').lookup(name, (error, host) => {
  if (error) say(error.code);
  const socket = require('node:net').connect({ host, port: Number(port), timeout: ${PATIENCE_MS} });
  socket.on('connect', () => say('reached'));
  socket.on('timeout', () => say('silence'));
  socket.on('error', ({ code }) => say(code));
});
`;

/** `reached`, `silence` as a policy makes it, or the code of another error: a connection is tried from the pod or Deployment. */
export async function tryToReach(suite: Suite, from: string, host: string, port: number): Promise<string> {
  return (await suite.exec(from, ['node', '-e', TRY, host, String(port)])).trim();
}
