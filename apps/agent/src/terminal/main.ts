/**
 * The agent in a terminal: `npm run agent -- "5.1 3.5 1.4 0.2 ?"` answers one question, without one it converses until Ctrl-D.
 * Exit codes: 0, 78 for a configuration that cannot work, 1 when the MCP server cannot be reached or the language model fails.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT_CONFIG, SettingsError } from '@iris/settings';
import { approvalKeyOf } from '../approval-key.ts';
import { type AgentConfig, readConfig } from '../config.ts';
import { createModel, describeModel } from '../providers/create-model.ts';
import { failureReason } from '../providers/failure-reason.ts';
import { keepConnected, type McpConnection } from '../tools/mcp-connection.ts';
import type { TurnEvent } from '../turn/run-turn.ts';
import { approveBy } from './approve.ts';
import { type Conversation, startConversation } from './converse.ts';
import { type Input, readInput } from './input.ts';

/** How long the MCP server is waited for, and between two looks. */
const PATIENCE_MS = 5000;
const LOOK_MS = 20;
const USAGE = `Usage: npm run agent -- ["a question"]

Answers one question, or converses until Ctrl-D; in French or English. Before it writes anything it asks; without an answer nothing is written. It needs the MCP server, which npm start and npm run mcp start.

  MCP_SERVER_URL   where that is (http://127.0.0.1:8001/mcp); MCP_TOKEN if it asks for one
  LLM_PROVIDER     rules, anthropic or openai-compatible, with LLM_MODEL, LLM_BASE_URL and a key

All settings: apps/agent/.env.example, of which a copy at the repository's root named .env.agent is read.
`;

try {
  const question = process.argv.slice(2).join(' ').trim();
  if (/^(?:--help|-h)$/.test(question)) process.stdout.write(USAGE);
  else process.exitCode = await run(readConfig(process.env), question);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_CONFIG;
}

async function run(config: AgentConfig, question: string): Promise<number> {
  const server = connect(config);
  const input = readInput(process);
  try {
    if (!(await isReached(server))) {
      process.stderr.write(
        `The MCP server cannot be reached at ${config.MCP_SERVER_URL}, or its API does not answer it: start both (npm start), or set MCP_SERVER_URL.\n`,
      );
      return 1;
    }
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    let exitCode = 0;
    const dependencies = {
      model: createModel(config, () => new Date()),
      server,
      limits: config,
      closing: new AbortController().signal,
      approvalKey: approvalKeyOf(config),
      observe(event: TurnEvent) {
        if (event.kind !== 'model failed') return;
        process.stderr.write(`\nThe language model failed: ${failureReason(event.error, config)}\n`);
        exitCode = 1;
      },
    };
    const write = (text: string) => process.stdout.write(text);
    const conversation = startConversation(dependencies, write, approveBy(input, write));
    if (question) await conversation.ask(question, interrupted.signal);
    else await converse(conversation, input, config, interrupted.signal);
    return exitCode;
  } finally {
    input.close();
    server.stop();
  }
}

function connect(config: AgentConfig): McpConnection {
  return keepConnected({
    url: config.MCP_SERVER_URL,
    token: config.MCP_TOKEN?.reveal(),
    logger: { info: () => undefined, warn: () => undefined },
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    random: Math.random,
    clock: () => performance.now(),
  });
}

async function isReached(server: McpConnection): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS;
  while (server.tools() === undefined && performance.now() < deadline) await sleep(LOOK_MS);
  return server.tools() !== undefined;
}

async function converse(conversation: Conversation, input: Input, config: AgentConfig, signal: AbortSignal): Promise<void> {
  process.stdout.write(`The agent (${describeModel(config)}). Ctrl-D ends.\n`);
  signal.addEventListener('abort', input.close);
  for (;;) {
    const line = await input.next('> ');
    if (line === undefined) return;
    if (line.trim()) await conversation.ask(line, signal);
  }
}
