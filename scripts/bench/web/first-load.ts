/** How much script a browser fetches before a page works. */
import { gzipSync } from 'node:zlib';

const BEST = { level: 9 };

/** Addresses of a page's scripts, but those for browsers without modules. */
export function scriptsOf(html: string): string[] {
  const tags = html.match(/<script\b[^>]*>/g) ?? [];
  const modern = tags.filter((tag) => !/\snomodule\b/i.test(tag));
  return [...new Set(modern.flatMap((tag) => /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? []))];
}

/** Size of a page's scripts in kB (1,000 bytes), each gzipped by itself as far as gzip can. */
export async function firstLoadKb(url: string): Promise<number> {
  const html = await (await fetch(url)).text();
  const sizes = scriptsOf(html).map(async (path) => {
    const script = await fetch(new URL(path.replaceAll('&amp;', '&'), url));
    return gzipSync(Buffer.from(await script.arrayBuffer()), BEST).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}
