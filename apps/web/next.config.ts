/** How Next builds the client: one self-contained folder, and the headers of every answer. */
import { join } from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

/** Headers of everything; the pages' own policy, with its nonce, is `src/proxy.ts`'s. */
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Data is never a page: whatever a browser were made to show of it could load and do nothing. */
const DATA_HEADERS = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" };

const list = (headers: Readonly<Record<string, string>>) => Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: join(import.meta.dirname, '..', '..'),
  // No image is resized here: without sharp the folder is half as large.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['../../node_modules/@img/**', '../../node_modules/sharp/**'] },
  turbopack: { root: join(import.meta.dirname, '..', '..') },
  // `npm run check` checks the types; a build that an impatient `npm start` waits for need not do it again.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: '/:path*', headers: list(SECURITY_HEADERS) },
    { source: '/api/:path*', headers: list(DATA_HEADERS) },
  ],
};

const withIntl = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  // Messages are compiled when the client is built: the browser needs no parser of theirs, 8 kB less.
  experimental: { messages: { path: './messages', format: 'json', locales: ['en', 'fr'], precompile: true } },
});

export default withIntl(config);
