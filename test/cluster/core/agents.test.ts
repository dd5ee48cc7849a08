import { beforeAll, describe, expect, it } from 'vitest';
import { askAgents, createAsker } from '../support/chats.ts';
import { nodePortUrl } from '../support/folders.ts';
import { connectorOf, startCallers } from '../support/mcp-callers.ts';
import { keepFigure } from '../support/report.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('agents');
const SERVER = 'deployment/mcp-server';
const AGENT = 'deployment/mlops-agent';
const CHATS = 1000;
const SESSIONS = 150;
const url = nodePortUrl(30900);

async function podsOf(app: string): Promise<string[]> {
  const output = '--output=jsonpath={.items[*].metadata.name}';
  const selected = await suite.kubectl('get', 'pods', `--selector=app=${app}`, '--field-selector=status.phase=Running', output);
  return selected.split(' ').filter(Boolean);
}

async function scale(deployment: string, replicas: number): Promise<void> {
  await suite.kubectl('scale', deployment, `--replicas=${replicas}`);
  await suite.rolledOut(deployment.split('/')[1]!);
}

/** A figure of each MCP server, summed over its labels. */
async function metricOf(name: string): Promise<number[]> {
  const read = `fetch('http://127.0.0.1:8000/metrics').then(r => r.text()).then(t => console.log([...t.matchAll(/^${name}(?:\\{.*\\})? (.*)$/gm)].reduce((sum, [, value]) => sum + Number(value), 0)))`;
  const pods = await podsOf('mcp-server');
  return Promise.all(pods.map(async (pod) => Number(await suite.exec(`pod/${pod}`, ['node', '-e', read]))));
}

/** What the Secret's key `token` holds. */
let headers: Record<string, string>;

beforeAll(async () => {
  headers = { authorization: `Bearer ${await makeSecret(suite, 'agent')}-token` };
  await suite.deploy('agent');
  await scale(AGENT, 5);
  await createAsker(suite);
});

describe('F3-6: the agent', () => {
  it('says in its log that the connection is confirmed', async () => {
    const pods = await podsOf('mlops-agent');
    expect(pods).toHaveLength(5);
    for (const pod of pods) expect(await suite.kubectl('logs', pod)).toMatch(/connection to the MCP server confirmed/);
  });
});

describe.each(['sse', 'mcp'])('F3-7: five agents over /%s', (path) => {
  it('are answered by one server, then by three', async () => {
    await scale(SERVER, 1);
    // All questions come from one pod, within seconds: more than people ask.
    const settings = [`MCP_SERVER_URL=http://mcp-server-svc:8000/${path}`, 'CHATS_PER_MINUTE=100000'];
    await suite.kubectl('set', 'env', AGENT, ...settings);
    await suite.rolledOut('mlops-agent');
    const before = await askAgents(suite, CHATS);
    await scale(SERVER, 3);
    // Streams end at an age, between two calls, and are opened again: so the new servers get their share.
    if (path === 'sse')
      await until(
        'streams on more than one server',
        async () => (await metricOf('mcp_open_streams')).filter((open) => open > 0).length > 1 || undefined,
        180_000,
      );
    const after = await askAgents(suite, CHATS);
    keepFigure(
      `five agents over /${path}`,
      `${before.answered} of ${CHATS} by one server, ${after.answered} of ${CHATS} by three`,
    );
    expect(before).toEqual({ answered: CHATS, failures: [] });
    expect(after).toEqual({ answered: CHATS, failures: [] });
  });
});

describe('F3-7: three servers', () => {
  beforeAll(() => scale(SERVER, 3));

  it('refuse who has no token at the node port', async () => {
    expect((await fetch(`${url}/mcp`, { method: 'POST' })).status).toBe(401);
    await expect(connectorOf('SDK 1.x over /sse')(url)).rejects.toThrow();
  });

  it('share the sessions of /sse', async () => {
    const connect = connectorOf('SDK 1.x over /sse');
    const before = await metricOf('mcp_open_streams');
    const sessions = await Promise.all(Array.from({ length: SESSIONS }, () => connect(url, { headers })));
    const shares = (await metricOf('mcp_open_streams')).map((open, index) => (open - before[index]!) / SESSIONS);
    await Promise.all(sessions.map((session) => session.close()));
    keepFigure(`${SESSIONS} sessions on three MCP servers`, shares.map((share) => `${(100 * share).toFixed(0)} %`).join(', '));
    expect(shares).toHaveLength(3);
    for (const share of shares) expect(share).toBeGreaterThanOrEqual(0.2);
  });

  it.each([
    ['v2 client over /mcp, 2026', false],
    ['SDK 1.x over /sse', true],
  ] as const)('%s: every call is answered while a pod is deleted and all are replaced', async (name, reconnects) => {
    const callers = startCallers({ url, connect: (address) => connectorOf(name)(address, { headers }), callers: 10, reconnects });
    const reached = (count: number) => until(`${count} calls`, async () => callers.calls.answered >= count || undefined, 120_000);
    await reached(200);
    const [victim] = await podsOf('mcp-server');
    await suite.kubectl('delete', 'pod', victim!);
    await suite.rolledOut('mcp-server');
    await suite.kubectl('rollout', 'restart', SERVER);
    await suite.rolledOut('mcp-server');
    await reached(Math.max(2000, callers.calls.answered + 200));
    const { answered, failures, timeouts, reconnects: again } = await callers.stop();
    keepFigure(
      `MCP calls over a deleted pod and an update, ${name}`,
      `${answered} answered, ${failures.length} failed, ${again} sessions again`,
    );
    expect({ failures, timeouts }).toEqual({ failures: [], timeouts: 0 });
    expect(answered).toBeGreaterThanOrEqual(2000);
  });
});
