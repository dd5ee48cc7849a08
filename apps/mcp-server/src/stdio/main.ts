#!/usr/bin/env node
/** The MCP server over standard input and output, for an application that starts it. Standard output is the protocol's: the log is on the other. */
import { hostname } from 'node:os';
import { EXIT_CONFIG, SettingsError } from '@iris/settings';
import { openTelemetry } from '@iris/telemetry';
import { pino } from 'pino';
import { readApiConfig } from '../config.ts';
import { startStdio } from '../transports/stdio.ts';

try {
  const config = readApiConfig(process.env);
  const logger = pino({ level: config.LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
  const telemetry = await openTelemetry(config, { service: 'iris-mcp-server', instance: hostname(), logger });
  const end = startStdio(config, logger, telemetry);
  // With nothing left to do the process ends by itself.
  process.stdin.once('close', end);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_CONFIG;
}
