import type { Finding } from '../report.ts';

/** What installs the object of a finding, and the value of the chart that would change it. */
export function releaseWords({ release }: Pick<Finding, 'release'>): string {
  if (release === undefined) return '';
  return release.value === undefined ? release.name : `${release.name}, value ${release.value}`;
}
