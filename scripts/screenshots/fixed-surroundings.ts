/** Imported before the API: it answers under this name wherever the pictures are made. */
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

os.hostname = () => 'iris-api-0';
syncBuiltinESMExports();
