import type { Load } from '../../workload/capacity/resource-sums.ts';
import type { ResourceReport, ResourceSum } from '../resource-report.ts';
import { markdownTable } from './markdown-table.ts';
import { codeCell } from './markdown-text.ts';

const loadWords: Readonly<Record<Load, string>> = {
  steady: 'steady state',
  rollout: 'during rollouts',
  peak: 'during rollouts, autoscalers at their maximum',
};
const loads = ['steady', 'rollout', 'peak'] as const;

/** What each environment takes, under each load that differs from the one before. */
export function resourceTable(reports: readonly ResourceReport[]): string {
  const rows = reports.flatMap(({ environment, loads: sums }) =>
    loads
      .filter((load, index) => index === 0 || !isSame(sums[load], sums[loads[index - 1] ?? 'steady']))
      .map((load) => [
        codeCell(environment),
        loadWords[load],
        String(sums[load].pods),
        ...amountsOf(sums[load]),
      ]),
  );
  return markdownTable(['environment', 'load', 'pods', ...amountHeads], rows, 2);
}

/** What each service of an environment takes all the time. */
export function serviceResourceTable({ services }: ResourceReport, order: readonly string[]): string {
  const sorted = services.toSorted((a, b) => order.indexOf(a.service) - order.indexOf(b.service));
  const rows = sorted.map(({ service, pods, ...sum }) => [
    codeCell(service),
    pods.steady === pods.peak ? String(pods.steady) : `${pods.steady} to ${pods.peak}`,
    ...amountsOf(sum),
  ]);
  return markdownTable(['service', 'pods', ...amountHeads], rows);
}

/** The limits of the ResourceQuotas against what is taken of them. */
export function quotaTable(reports: readonly ResourceReport[]): string {
  const rows = reports.flatMap(({ environment, quotas }) =>
    quotas.map(({ name, namespace, resource, hard, used, exceededBy }) => [
      codeCell(environment),
      codeCell(namespace === '' ? name : `${namespace}/${name}`),
      codeCell(resource),
      hard,
      used.steady,
      used.rollout,
      used.peak,
      exceededBy === undefined ? '✅' : `❌ ${loadWords[exceededBy]}`,
    ]),
  );
  if (rows.length === 0) return '';
  return markdownTable(
    ['environment', 'ResourceQuota', 'resource', 'hard', ...loads.map((load) => loadWords[load]), 'fits'],
    rows,
    3,
  );
}

/** The bounds of the LimitRanges, and what comes closest to each. */
export function limitRangeTable(reports: readonly ResourceReport[]): string {
  const rows = reports.flatMap(({ environment, limitRanges }) =>
    limitRanges.map(({ name, namespace, type, resource, bound, amount, used = '–', holds }) => [
      codeCell(environment),
      codeCell(namespace === '' ? name : `${namespace}/${name}`),
      codeCell(type),
      codeCell(resource),
      bound,
      amount,
      used,
      holds ? '✅' : '❌',
    ]),
  );
  if (rows.length === 0) return '';
  return markdownTable(
    ['environment', 'LimitRange', 'for each', 'resource', 'bound', 'is', 'nearest', 'fits'],
    rows,
    5,
  );
}

const amountHeads = ['CPU requests', 'CPU limits', 'memory requests', 'memory limits', 'storage'];

function amountsOf({ requests, limits, storage }: Omit<ResourceSum, 'pods'>): string[] {
  return [requests['cpu'], limits['cpu'], requests['memory'], limits['memory'], storage].map(
    (amount) => amount ?? '–',
  );
}

function isSame(a: ResourceSum, b: ResourceSum): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
