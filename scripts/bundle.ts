/**
 * Bundles a program into one file, which starts in half the time of its sources and needs no `node_modules` beside it.
 *
 *     node scripts/bundle.ts src/main.ts --outfile dist/server.js [--worker src/worker.ts] [--chunk src/seldom.ts] [--assets @fastify/swagger-ui/static] [--external PACKAGE]
 *
 * `--chunk` bundles a module that the program imports by `import()` as a file of its own, which is read only when it is imported; `--worker` bundles the program of a thread as a file of its own, under its own name, beside the bundle; `--assets` copies a folder of a dependency to where the bundle is, for code that reads its own files; `--external` leaves a package out
 * that need not be there.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';

// CommonJS dependencies expect these; an ES module has none of them.
const BANNER =
  "import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';" +
  "const require=__createRequire(import.meta.url),__filename=__toPath(import.meta.url),__dirname=__toPath(new URL('.',import.meta.url));";

/**
 * Imports Node's own modules by `require`: for an `import` Node reads every export of the module, and reading those of `node:http`
 * loads its whole WebSocket and fetch client, 25 ms and some MiB of every start.
 */
const requireBuiltins: Plugin = {
  name: 'require-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin' } : { path, external: true },
    );
    onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

/** Leaves the imports of modules that become files of their own as they are. */
function keepApart(chunks: readonly string[]): Plugin {
  const paths = chunks.map((chunk) => resolve(chunk));
  return {
    name: 'keep-apart',
    setup({ onResolve }) {
      onResolve({ filter: /\.ts$/ }, ({ path, kind, resolveDir }) =>
        kind === 'dynamic-import' && paths.includes(resolve(resolveDir, path))
          ? { path: `./${basename(path, '.ts')}.js`, external: true }
          : undefined,
      );
    },
  };
}

/** What a program needs beyond one file. */
interface BundleOptions {
  /** Paths of the programs of its threads; each becomes a file of its own name, `.js`, beside the bundle. */
  readonly workers?: readonly string[] | undefined;
  /** Paths of modules that the program imports by `import()` when it needs them; each becomes a file likewise. */
  readonly chunks?: readonly string[] | undefined;
  /** Folders of dependencies, each named as `<package>/<folder>`, to copy beside the bundle. */
  readonly assets?: readonly string[] | undefined;
  /** Packages that are imported where they are installed, and done without elsewhere. */
  readonly external?: readonly string[] | undefined;
}

/**
 * Writes the bundle of a program and its threads, their source maps and, in `<outfile>.meta.json`, what esbuild says is in them.
 *
 * @param entry path of its `main.ts`.
 * @param outfile path of the bundle; its directory is made.
 */
export async function bundle(entry: string, outfile: string, options: BundleOptions = {}): Promise<void> {
  const { workers = [], chunks = [], assets = [], external = [] } = options;
  const { metafile } = await build({
    entryPoints: [
      { in: entry, out: basename(outfile, '.js') },
      ...[...workers, ...chunks].map((module) => ({ in: module, out: basename(module, '.ts') })),
    ],
    outdir: dirname(outfile),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    sourcemap: 'linked',
    metafile: true,
    external: ['pg-native', ...external],
    banner: { js: BANNER },
    plugins: [requireBuiltins, keepApart(chunks)],
    logLevel: 'warning',
  });
  writeFileSync(`${outfile}.meta.json`, JSON.stringify(metafile));
  // Without it Node reads the whole file twice at every start, to find out that it is an ES module.
  writeFileSync(join(dirname(outfile), 'package.json'), '{ "type": "module" }\n');
  for (const folder of assets) copyAssets(folder, entry, outfile);
}

function copyAssets(folder: string, entry: string, outfile: string): void {
  const name = folder
    .split('/')
    .slice(0, folder.startsWith('@') ? 2 : 1)
    .join('/');
  const manifest = createRequire(resolve(entry)).resolve(`${name}/package.json`);
  cpSync(join(dirname(manifest), folder.slice(name.length)), join(dirname(outfile), basename(folder)), { recursive: true });
}

if (import.meta.main) {
  const many = { type: 'string', multiple: true } as const;
  const options = { outfile: { type: 'string' }, worker: many, chunk: many, assets: many, external: many } as const;
  const { positionals, values } = parseArgs({ allowPositionals: true, options });
  const [entry] = positionals;
  if (!entry || !values.outfile) {
    throw new TypeError(
      'node scripts/bundle.ts ENTRY --outfile FILE [--worker ENTRY] [--chunk MODULE] [--assets PACKAGE/FOLDER] [--external PACKAGE]',
    );
  }
  await bundle(entry, values.outfile, { ...values, workers: values.worker, chunks: values.chunk });
}
