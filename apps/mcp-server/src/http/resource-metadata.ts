/** Tells clients which authorization server makes tokens for this server (RFC 9728). Public, and readable for pages of any origin. */
import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { ResourceMetadata } from './schema.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
/** Each transport is a resource of its own, since its metadata must name the address that was asked for; the server is one too. */
const RESOURCES = ['', '/mcp', '/sse'] as const;

type Resource = (typeof RESOURCES)[number];

/** The resources that a token can be for. */
export function resourcesOf(publicUrl: string): string[] {
  const base = publicUrl.replace(/\/+$/, '');
  return [...RESOURCES.map((path) => base + path), `${base}/`];
}

/** Where the metadata of a resource stand: the well-known path goes between host and path. */
export function metadataUrl(publicUrl: string, resource: Resource): string {
  const { origin, pathname } = new URL(publicUrl);
  return origin + WELL_KNOWN + pathname.replace(/\/+$/, '') + resource;
}

/** Registers the routes; none without an issuer. */
export function registerResourceMetadata(
  app: FastifyInstance,
  config: Pick<ServerConfig, 'OAUTH_ISSUER' | 'OAUTH_SCOPE' | 'PUBLIC_URL'>,
): void {
  const { OAUTH_ISSUER: issuer, OAUTH_SCOPE: scope, PUBLIC_URL: publicUrl } = config;
  if (issuer === undefined || publicUrl === undefined) return;
  for (const resource of RESOURCES) {
    const document = {
      resource: publicUrl.replace(/\/+$/, '') + resource,
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
      ...(scope !== undefined && { scopes_supported: [scope] }),
    };
    const { pathname } = new URL(metadataUrl(publicUrl, resource));
    // Behind an ingress that takes the path off, and without one.
    for (const url of new Set([pathname, WELL_KNOWN + resource])) {
      app.get(url, { schema: { response: { 200: ResourceMetadata } } }, (_request, reply) => {
        reply.header('access-control-allow-origin', '*');
        return document;
      });
      app.options(url, (_request, reply) =>
        reply
          .code(204)
          .header('access-control-allow-origin', '*')
          .header('access-control-allow-headers', 'mcp-protocol-version')
          .send(),
      );
    }
  }
}
