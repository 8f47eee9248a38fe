export const formatNames = [
  'terminal',
  'concise',
  'json',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'markdown',
  'html',
] as const;

export type FormatName = (typeof formatNames)[number];
