import type { Span } from '../diagnostic/span.ts';
import type { Load } from '../workload/capacity/resource-sums.ts';

/** Quantities as Kubernetes writes them, by resource name. */
export type Quantities = Readonly<Record<string, string>>;

export interface ResourceSum {
  readonly pods: number;
  readonly requests: Quantities;
  readonly limits: Quantities;
  /** Of persistent volume claims, those of stateful sets included. */
  readonly storage: string;
  readonly claims: number;
}

export interface ServiceResources extends Omit<ResourceSum, 'pods'> {
  readonly service: string;
  readonly pods: Readonly<Record<Load, number>>;
}

/** One limit of a ResourceQuota against what is taken of it. */
export interface QuotaReport {
  readonly name: string;
  readonly namespace: string;
  readonly resource: string;
  readonly hard: string;
  readonly used: Readonly<Record<Load, string>>;
  /** Of what is allowed; above 1 where it does not fit. */
  readonly shares: Readonly<Record<Load, number>>;
  /** The first load that does not fit. */
  readonly exceededBy?: Load;
  readonly span?: Span;
}

/** One bound of a LimitRange, and what comes closest to it. */
export interface LimitRangeReport {
  readonly name: string;
  readonly namespace: string;
  /** Container, Pod or PersistentVolumeClaim. */
  readonly type: string;
  readonly resource: string;
  readonly bound: 'min' | 'max';
  readonly amount: string;
  /** Absent where nothing says any. */
  readonly used?: string;
  readonly holds: boolean;
  readonly span?: Span;
}

/** What an environment takes of its cluster. */
export interface ResourceReport {
  readonly environment: string;
  readonly entryPoint: string;
  readonly loads: Readonly<Record<Load, ResourceSum>>;
  /** Under the steady load. */
  readonly services: readonly ServiceResources[];
  readonly quotas: readonly QuotaReport[];
  readonly limitRanges: readonly LimitRangeReport[];
  /** Workloads that have a pod on each node, of which one is counted. */
  readonly perNode: readonly string[];
  /** Workloads with a container that no limit of CPU or memory bounds. */
  readonly unlimited: readonly string[];
}
