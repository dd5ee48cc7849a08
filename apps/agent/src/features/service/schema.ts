/** What the process says of itself. */
import { Type } from 'typebox';

const tools = Type.Array(Type.String(), { description: 'Names of the tools of the MCP server.' });
const model = Type.String({ description: 'Who chooses the tool calls.' });

export const InfoAnswer = Type.Object({ name: Type.String(), model, chat: Type.String(), tools });
export const HealthAnswer = Type.Object({ status: Type.String(), connected: Type.Boolean(), model });
export const ReadyAnswer = Type.Object({ status: Type.String(), tools });
/** Prometheus' text format. */
export const MetricsAnswer = Type.String();
