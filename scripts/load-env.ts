/**
 * Preloaded by npm scripts: reads `.env` where there is one, or the file that the query names (`load-env.ts?.env.mcp`). `node --env-file-if-exists`
 * does too, but tells each time that there is none.
 */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

const file = new URL(import.meta.url).search.slice(1) || '.env';
if (existsSync(file)) loadEnvFile(file);
