/** MCP clients that call a tool again and again while something happens to the servers. */
import { CLIENTS, type Connect, type McpClient } from '../../e2e/support/mcp-clients.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** A call that has no answer by then is asked again, on a session of its own. */
const ANSWER_MS = 10_000;
/** Sessions for a call until it counts as lost. */
const SESSIONS = 5;

/** The client of others for a transport. */
export function connectorOf(name: 'SDK 1.x over /mcp' | 'SDK 1.x over /sse' | 'v2 client over /mcp, 2026'): Connect {
  return CLIENTS.find(([each]) => each === name)![1];
}

class NoAnswer extends Error {}

/** What came of the calls so far. */
interface Calls {
  answered: number;
  /** Calls without an answer, in words. */
  readonly failures: string[];
  /** Calls that nobody answered, whether or not they were answered on a later session. */
  timeouts: number;
  /** Sessions opened because one had ended. */
  reconnects: number;
}

interface CallersOptions {
  readonly url: string;
  readonly connect: Connect;
  readonly callers: number;
  /** Whether a session may end, so that its client opens another one and calls again: that of a stream may, nothing else. */
  readonly reconnects: boolean;
}

/** Callers at work. */
interface Callers {
  readonly calls: Calls;
  /** Lets them finish what they are at. */
  stop(): Promise<Calls>;
}

/** Starts the callers. */
export function startCallers({ url, connect, callers, reconnects }: CallersOptions): Callers {
  const calls: Calls = { answered: 0, failures: [], timeouts: 0, reconnects: 0 };
  let stopping = false;

  async function callOnce(client: McpClient): Promise<void> {
    const { structuredContent } = await within(client.callTool('predict', SETOSA));
    if (structuredContent?.prediction === 'setosa') calls.answered++;
    else calls.failures.push(`predicted ${JSON.stringify(structuredContent)}`);
  }

  async function work(): Promise<void> {
    let client = await within(connect(url));
    while (!stopping) {
      for (let session = 1; ; session++) {
        try {
          await callOnce(client);
          break;
        } catch (error) {
          if (error instanceof NoAnswer) calls.timeouts++;
          if (!reconnects || session === SESSIONS) {
            calls.failures.push(String(error));
            break;
          }
          calls.reconnects++;
          await client.close().catch(() => undefined);
          client = await within(connect(url));
        }
      }
    }
    await client.close();
  }

  const working = Promise.all(Array.from({ length: callers }, work));
  // It is told by `stop`.
  working.catch(() => undefined);
  return {
    calls,
    async stop() {
      stopping = true;
      await working;
      return calls;
    },
  };
}

function within<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
