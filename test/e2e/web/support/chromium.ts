/** The browser of the tests: the system's Chromium, else the one that npm brings, which needs nothing of the system. */
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from '../../../repository.ts';

/** A browser to launch. */
export interface ChromiumProgram {
  readonly path: string;
  /** What its process needs beside the usual environment. */
  readonly environment: Readonly<Record<string, string>>;
}

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
/** Unpacked once for each version: the package itself would reuse a file of another version. */
const UNPACKED = join(ROOT, 'node_modules/.cache/chromium-153.0.0');

/** Finds a browser, unpacking npm's where there is no other. */
export async function findChromium(searched = process.env.PATH ?? ''): Promise<ChromiumProgram> {
  const path = [MAC, ...searched.split(delimiter).flatMap((folder) => COMMANDS.map((command) => join(folder, command)))].find(
    isExecutable,
  );
  return path === undefined ? unpackChromium() : { path, environment: {} };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function unpackChromium(): Promise<ChromiumProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('install Chromium or Chrome: npm has none for this system');
  mkdirSync(UNPACKED, { recursive: true });
  // The package unpacks into the system's temporary directory, which Node reads from this variable.
  const { env } = process;
  const before = env.TMPDIR;
  env.TMPDIR = UNPACKED;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');
    const path = await chromium.executablePath();
    // Made for a bare Amazon Linux; these few libraries and a font are all that a bare Debian lacks too.
    if (!existsSync(join(UNPACKED, 'al2023'))) await inflate(join(packed, 'al2023.tar.br'));
    return { path, environment: { LD_LIBRARY_PATH: join(UNPACKED, 'al2023/lib'), FONTCONFIG_FILE: writeFontConfiguration() } };
  } finally {
    if (before === undefined) delete env.TMPDIR;
    else env.TMPDIR = before;
  }
}

/** The package's own names folders of another system, and without any font the browser ends. */
function writeFontConfiguration(): string {
  const path = join(UNPACKED, 'fonts.conf');
  const fonts = [join(UNPACKED, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('');
  writeFileSync(path, `<fontconfig>${fonts}<cachedir>${join(UNPACKED, 'font-cache')}</cachedir></fontconfig>\n`);
  return path;
}
