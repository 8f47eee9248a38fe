/** The acceptance criteria in the order of the matrix; each rule and policy says itself in which of them it counts. */
export const criterionNames = [
  'exists',
  'admitted',
  'limits',
  'probes',
  'stateless',
  'non-root',
  'read-only',
  'caps',
  'seccomp',
  'isolated',
  'ClusterIP',
  'image',
  'secrets',
  'wired',
] as const;

export type CriterionName = (typeof criterionNames)[number];
