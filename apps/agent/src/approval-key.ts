/** The key that signs what users are asked to approve. */
import { createHmac, randomBytes } from 'node:crypto';
import type { AgentConfig } from './config.ts';

/** Derived from `MCP_TOKEN`, which replicas share, so that each of them takes the answer to what another one asked; without it, of this process. */
export function approvalKeyOf({ MCP_TOKEN }: Pick<AgentConfig, 'MCP_TOKEN'>): string {
  const key = MCP_TOKEN ? createHmac('sha256', MCP_TOKEN.reveal()).update('approval of tool calls').digest() : randomBytes(32);
  return key.toString('hex');
}
