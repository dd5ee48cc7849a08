/** What the process says of itself. */
import { Type } from 'typebox';

export const InfoAnswer = Type.Object({
  name: Type.String(),
  status: Type.String(),
  endpoints: Type.Object({ streamable_http: Type.String(), sse: Type.String() }),
});
export const HealthAnswer = Type.Object({ status: Type.String() });
/** Prometheus' text format. */
export const MetricsAnswer = Type.String();
/** OAuth 2.0 Protected Resource Metadata. */
export const ResourceMetadata = Type.Object({
  resource: Type.String(),
  authorization_servers: Type.Array(Type.String()),
  bearer_methods_supported: Type.Array(Type.String()),
  scopes_supported: Type.Optional(Type.Array(Type.String())),
});
