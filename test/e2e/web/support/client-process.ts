/** The built web client as a process: started as an image starts it, found at a port of its own, ended by signals. */
import { CLIENT_FLAGS, CLIENT_PROGRAM } from '../../../../scripts/client/build.ts';
import { freePort } from '../../../../scripts/free-port.ts';
import { type RunningProcess, startNode } from '../../support/processes.ts';

/** A client that answers. */
export interface ClientProcess extends RunningProcess {
  readonly port: number;
  readonly url: string;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | NodeJS.Signals>;
}

/** Between two looks whether it answers. */
const LOOK_MS = 25;

/** Starts the client and resolves when it answers; it has exactly this environment, on a free port, without waiting for endpoints. */
export async function startClient(environment: Readonly<Record<string, string>>): Promise<ClientProcess> {
  const port = await freePort();
  const settings = { PORT: String(port), HOST: '127.0.0.1', DRAIN_MS: '0', ...environment };
  const program = startNode([...CLIENT_FLAGS, CLIENT_PROGRAM], settings);
  const url = `http://127.0.0.1:${port}`;
  let over = false;
  void program.ended.then(() => {
    over = true;
  });
  while (!(await answers(url))) {
    if (over) throw new Error(`the web client ended:\n${program.lines.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return {
    ...program,
    port,
    url,
    terminate: () => {
      program.child.kill('SIGTERM');
      return program.ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
