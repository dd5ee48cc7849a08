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
