import { formatBytes, formatCpu } from '../../object/quantity.ts';

/** An amount of what a ResourceQuota limits, as people write it. */
export function quotaAmount(resource: string, nanos: bigint): string {
  if (/cpu$/u.test(resource)) return formatCpu(nanos);
  return /memory$|storage$/u.test(resource) ? formatBytes(nanos) : String(nanos / 1_000_000_000n);
}
