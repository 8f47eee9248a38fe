import { patchObjects } from '../../build/patch-objects.ts';
import { compileSelector } from '../../build/selector.ts';
import { describeSelector } from '../../build/transformers/patches.ts';
import type { Build, EntryEffect } from '../../object/build.ts';
import { isTrueAt, mappingsAt, textAt } from '../../object/object-field.ts';
import { getAt, getPart, mappingOf, type Tracked } from '../../object/provenance.ts';
import { namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, itemsAt, type Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

type Fields = readonly (readonly [string, Tracked])[];
type Patched = Pick<Build, 'resources' | 'diagnostics' | 'effects'>;

/**
 * What the Flux Operator makes of `spec.sync` of a FluxInstance: a source and a Kustomization, both named after `sync.name`, else
 * after the namespace, with `spec.kustomize.patches` (flux-operator 0.58, internal/builder).
 */
export function syncObjects(instance: Resource, sources: Sources): Patched {
  const made = unpatchedObjects(instance);
  const entries = mappingsAt(instance, 'spec', 'kustomize', 'patches').map(({ item }) => item);
  const { resources, diagnostics, effects } = patchObjects(sources, made, entries);
  const kinds = made.map(({ object }) => object['kind']);
  return {
    resources,
    diagnostics: diagnostics.map((one) => ({ ...one, unchecked: 'the output of the Flux Operator' })),
    // Of the other objects of Flux nobody knows here which there are.
    effects: [
      ...effects.filter(({ origin }) =>
        entries.some((entry) => entry.origin === origin && kinds.includes(kindOf(entry))),
      ),
      ...entries.flatMap((entry) => controllersSelected(entry, instance)),
    ],
  };
}

function kindOf(entry: Tracked<Mapping>): string | undefined {
  return textAt(entry.value, 'target', 'kind');
}

const defaultComponents = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
];

/** How many of the controllers a patch is for; nothing where it chooses by labels, which the distribution sets. */
function controllersSelected(entry: Tracked<Mapping>, { object }: Resource): EntryEffect[] {
  const target = getPart(entry, 'target');
  if (target === undefined || !isMapping(target.value) || kindOf(entry) !== 'Deployment') return [];
  const selector = compileSelector(target.value);
  if ('problem' in selector || selector.selectsMetadata) return [];
  const written = itemsAt(object, ['spec', 'components']);
  const components = (written.length > 0 ? written : defaultComponents).map(valueText);
  const shards = itemsAt(object, ['spec', 'sharding', 'shards']).map(valueText);
  const names = components.flatMap((name) => [name, ...shards.map((shard) => `${name}-${shard}`)]);
  const gvk = { group: 'apps', version: 'v1', kind: 'Deployment' };
  const { length } = names.filter((name) => selector.matchesId(gvk, name, namespaceOf(object)));
  return [
    {
      by: 'patches',
      origin: entry.origin,
      selected: length,
      changed: length,
      target: describeSelector(target as Tracked<Mapping>),
    },
  ];
}

function unpatchedObjects(instance: Resource): Resource[] {
  const sync = getAt(trackedObject(instance), ['spec', 'sync']);
  if (sync === undefined || !isMapping(sync.value)) return [];
  const { origin } = sync;
  const text = (value: string): Tracked => ({ value, origin });
  const namespace = namespaceOf(instance.object) || 'flux-system';
  const name = text(textAt(sync.value, 'name') ?? namespace);
  const kind = textAt(sync.value, 'kind') ?? 'GitRepository';
  const make = (apiVersion: string, ofKind: string, spec: Fields): Resource => {
    const metadata = mappingOf(
      [
        ['name', name],
        ['namespace', text(namespace)],
      ],
      origin,
    );
    const fields: Fields = [
      ['apiVersion', text(apiVersion)],
      ['kind', text(ofKind)],
      ['metadata', metadata],
      ['spec', mappingOf(spec, origin)],
    ];
    const object = mappingOf(fields, origin);
    return { object: object.value, origin: object.origin };
  };
  const sourceRef = mappingOf(
    [
      ['kind', text(kind)],
      ['name', name],
    ],
    origin,
  );
  const isMultitenant = isTrueAt(instance.object, 'spec', 'cluster', 'multitenant');
  const kustomization = make('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', [
    ['interval', text('10m')],
    ...taken(sync, 'path'),
    ['prune', { value: true, origin }],
    ['sourceRef', sourceRef],
    ...(isMultitenant ? ([['serviceAccountName', text('kustomize-controller')]] as const) : []),
  ]);
  const source = make('source.toolkit.fluxcd.io/v1', kind, [
    ['interval', getPart(sync, 'interval') ?? text('1m')],
    ...taken(sync, 'url', kind === 'Bucket' ? 'endpoint' : 'url'),
    ...referenceOf(sync, kind),
    ...secretOf(sync),
    ...taken(sync, 'provider'),
  ]);
  return [source, kustomization];
}

function taken(sync: Tracked, field: string, name = field): [string, Tracked][] {
  const part = getPart(sync, field);
  return part === undefined ? [] : [[name, part]];
}

function referenceOf(sync: Tracked, kind: string): [string, Tracked][] {
  const ref = getPart(sync, 'ref');
  if (ref === undefined) return [];
  if (kind === 'Bucket') return [['bucketName', ref]];
  return [['ref', mappingOf([[kind === 'OCIRepository' ? 'tag' : 'name', ref]], ref.origin)]];
}

function secretOf(sync: Tracked): [string, Tracked][] {
  const secret = getPart(sync, 'pullSecret');
  return secret === undefined ? [] : [['secretRef', mappingOf([['name', secret]], secret.origin)]];
}
