/** Preloaded by npm scripts: reads `.env` where there is one. `node --env-file-if-exists` does too, but tells each time that there is none. */
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

if (existsSync('.env')) loadEnvFile('.env');
