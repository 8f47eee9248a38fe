/** What rules are about, for whoever looks for those of a subject; a rule has one or several. */
export const ruleTags = [
  'argo-cd',
  'availability',
  'capacity',
  'data-loss',
  'environments',
  'flux',
  'kustomize',
  'monitoring',
  'network',
  'order',
  'ownership',
  'references',
  'security',
  'supply-chain',
  'workloads',
] as const;

export type RuleTag = (typeof ruleTags)[number];
