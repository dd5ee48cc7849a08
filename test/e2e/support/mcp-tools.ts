/** The tools of the MCP server, in the order in which it lists them. */
export const TOOLS = [
  'predict',
  'predict-batch',
  'explain-prediction',
  'describe-model',
  'list-predictions',
  'prediction-stats',
  'record-feedback',
  'compare-versions',
  'check-drift',
] as const;
