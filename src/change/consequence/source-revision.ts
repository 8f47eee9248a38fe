import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { equalValues, isMapping, itemsAt, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterPair } from '../cluster-pair.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import { type Consequence, changes, type Taken } from './consequence.ts';
import { versionStep } from './version-step.ts';

/** Another revision of a source of Flux, or another source, and what is made of it. */
export function sourceConsequences(taken: Taken): Consequence[] {
  const { base, head, update, cluster } = taken;
  const { group, kind } = groupVersionKind(head.resource.object);
  if (group === 'argoproj.io' && kind === 'Application') return chartVersions(taken);
  if (group !== 'source.toolkit.fluxcd.io' || kind === 'HelmChart') return [];
  const fields = (
    [
      ['spec', 'ref'],
      ['spec', 'url'],
    ] as const
  ).filter((path) => changes(update, path));
  const readers = readersOf(head.resource, cluster);
  return fields.map((path) => {
    const leaf = leafOf(path, taken);
    const [before, after] = [base, head].map(({ resource }) => valueText(valueAt(resource.object, leaf))) as [
      string,
      string,
    ];
    const step = versionStep(before, after);
    return {
      at: leaf,
      explains: [path],
      actions: ['update'],
      reason: 'source-moves',
      severity: 'changes',
      what:
        path[1] === 'ref' && isName(before) && isName(after)
          ? `${valueText(leaf.at(-1))} ${before} → ${after}`
          : valueText(leaf.at(-1)),
      details: [
        ...(step === undefined ? [] : [steps[step]]),
        ...(readers.length === 0
          ? []
          : [`${readers.map(objectWords).join(', ')} ${readers.length === 1 ? 'is' : 'are'} built from it`]),
      ],
    } satisfies Consequence;
  });
}

/** Other versions of the charts that an Application installs from elsewhere. */
function chartVersions({ base, head, update }: Taken): Consequence[] {
  const several = itemsAt(head.resource.object, ['spec', 'sources']);
  const sources: Path[] = [['spec', 'source'], ...several.map((_, index) => ['spec', 'sources', index])];
  return sources.flatMap((source) => {
    const at = [...source, 'targetRevision'];
    const [chart, ...versions] = [
      valueAt(head.resource.object, [...source, 'chart']),
      ...[base, head].map(({ resource }) => valueText(valueAt(resource.object, at))),
    ];
    const [before = '', after = ''] = versions.map(valueText);
    if (typeof chart !== 'string' || !changes(update, at) || !isName(before) || !isName(after)) return [];
    const step = versionStep(before, after);
    return {
      at,
      explains: [at],
      actions: ['update'],
      reason: 'source-moves',
      severity: 'changes',
      what: `${chart === '' ? 'targetRevision' : `chart ${chart}`} ${before} → ${after}`,
      details: step === undefined ? [] : [steps[step]],
    } satisfies Consequence;
  });
}

const steps = { back: 'it goes back to an earlier version', major: 'it is a new major version' } as const;

// Branches, tags, versions and digests: nothing that could be a secret.
function isName(text: string): boolean {
  return /^[\w.+:/*<>=~^ -]{1,80}$/u.test(text);
}

/** The one field below that differs, or the path itself. */
function leafOf(path: Path, { base, head }: Taken): Path {
  const [old, now] = [base, head].map(({ resource }) => valueAt(resource.object, path));
  const keys = [...new Set([old, now].flatMap((one) => Object.keys(isMapping(one) ? one : {})))];
  const different = keys.filter((key) => !equalValues(valueAt(old, [key]), valueAt(now, [key])));
  const [only] = different;
  return only !== undefined && different.length === 1 ? [...path, only] : path;
}

const references: readonly Path[] = [
  ['spec', 'sourceRef'],
  ['spec', 'chartRef'],
  ['spec', 'chart', 'spec', 'sourceRef'],
];

function readersOf(source: Resource, { head }: ClusterPair): readonly Resource[] {
  const { kind } = groupVersionKind(source.object);
  const isMeant = (user: Resource, reference: Value | undefined): boolean =>
    valueAt(reference, ['kind']) === kind &&
    valueAt(reference, ['name']) === nameOf(source.object) &&
    (valueAt(reference, ['namespace']) ?? namespaceOf(user.object)) === namespaceOf(source.object);
  return wholeOf(head).resources.filter((one) => {
    const { group } = groupVersionKind(one.object);
    return (
      group.endsWith('.toolkit.fluxcd.io') &&
      references.some((path) => isMeant(one, valueAt(one.object, path)))
    );
  });
}
