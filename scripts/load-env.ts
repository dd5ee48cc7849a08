/**
 * Preloaded by npm scripts: reads `.env` where there is one, or the file that its address ends in (`load-env.ts#.env.mcp`). `node --env-file-if-exists`
 * does too, but tells each time that there is none.
 */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

const file = new URL(import.meta.url).hash.slice(1) || '.env';
if (existsSync(file)) loadEnvFile(file);
