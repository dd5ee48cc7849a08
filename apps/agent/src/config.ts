/** The agent's settings: read once from the environment, frozen, every fault reported together. */
import { anyAddress, httpUrlFaults, readSettings, type SettingFault, secret, str, wholeNumber, word } from '@iris/settings';
import { TELEMETRY_SETTINGS, telemetryFaults } from '@iris/telemetry/settings';

const HOUR_MS = 3_600_000;
const milliseconds = wholeNumber({ min: 0, max: HOUR_MS });
const count = wholeNumber({ min: 1, max: 1_000_000 });

/** Every setting, with its default; `.env.example` says the same for people; a test compares the two. */
export const SETTINGS = {
  PORT: wholeNumber({ min: 0, max: 65_535 })({ default: 8000, desc: 'Port to listen on; 0 takes a free one' }),
  HOST: str({ default: anyAddress(), desc: 'Address to listen on; all of them, of both families, by default' }),
  MCP_SERVER_URL: str({ default: 'http://127.0.0.1:8001/mcp', desc: 'MCP server: an address that ends in /sse, or one of /mcp' }),
  MCP_TOKEN: secret({ default: undefined, desc: 'Bearer token for the MCP server' }),
  LLM_PROVIDER: word(['rules', 'anthropic', 'openai-compatible'])({ default: 'rules', desc: 'Who chooses the tool calls' }),
  LLM_MODEL: str({ default: undefined, desc: 'Name of the language model; the rules need none' }),
  LLM_BASE_URL: str({ default: undefined, desc: 'Address of an OpenAI-compatible server, or of a gateway to Anthropic’s' }),
  ANTHROPIC_API_KEY: secret({ default: undefined, desc: 'Key of LLM_PROVIDER=anthropic' }),
  LLM_API_KEY: secret({ default: undefined, desc: 'Key of LLM_PROVIDER=openai-compatible, where it asks for one' }),
  MAX_STEPS: count({ default: 6, desc: 'Calls of the language model in a turn' }),
  MAX_TOKENS: count({ default: 20_000, desc: 'Tokens, read and written, in a turn' }),
  MAX_STEP_TOKENS: count({ default: 4096, desc: 'Tokens that the language model may write in one step' }),
  MAX_TOOL_CALLS: count({ default: 8, desc: 'Tool calls in a turn' }),
  MAX_TURN_MS: milliseconds({ default: 60_000, desc: 'Longest turn' }),
  MAX_CHATS: count({ default: 50, desc: 'Turns at a time; those beyond are refused with 503' }),
  CHATS_PER_MINUTE: count({ default: 600, desc: 'Turns begun in a minute; those beyond are refused with 429' }),
  BODY_LIMIT: wholeNumber({ min: 1024, max: 1_073_741_824 })({ default: 524_288, desc: 'Largest request body in bytes' }),
  MAX_CONNECTIONS: wholeNumber({ min: 1, max: 65_536 })({ default: 1000, desc: 'Connections in service at a time' }),
  LOG_LEVEL: word(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])({ default: 'info', desc: 'In any case' }),
  DRAIN_MS: milliseconds({ default: 5000, desc: 'On SIGTERM: how long to go on answering while the endpoints forget this pod' }),
  SHUTDOWN_MS: milliseconds({ default: 10_000, desc: 'After the drain: deadline for turns in flight' }),
  ...TELEMETRY_SETTINGS,
} as const;

export type AgentConfig = ReturnType<typeof readConfig>;

/**
 * Reads the configuration.
 *
 * @throws SettingsError with every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  return readSettings(SETTINGS, environment, (settings) => [
    ...httpUrlFaults('MCP_SERVER_URL', settings.MCP_SERVER_URL),
    ...httpUrlFaults('LLM_BASE_URL', settings.LLM_BASE_URL),
    ...providerFaults(settings),
    ...telemetryFaults(settings),
  ]);
}

/** What each provider cannot do without. */
const NEEDS = {
  rules: [],
  anthropic: ['LLM_MODEL', 'ANTHROPIC_API_KEY'],
  'openai-compatible': ['LLM_MODEL', 'LLM_BASE_URL'],
} as const;

type Settings = { readonly [K in keyof typeof SETTINGS]?: unknown };

function providerFaults(settings: Settings): SettingFault[] {
  const provider = settings.LLM_PROVIDER as keyof typeof NEEDS | undefined;
  if (provider === undefined) return [];
  const missing = NEEDS[provider].filter((key) => settings[key] === undefined);
  return missing.map((key) => ({ key, detail: `is needed with LLM_PROVIDER=${provider}` }));
}
