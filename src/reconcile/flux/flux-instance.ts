import { getAt, getPart, mappingOf, type Tracked } from '../../build/provenance.ts';
import { namespaceOf, type Resource, trackedObject } from '../../build/resource.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { textAt } from '../object-field.ts';

type Fields = readonly (readonly [string, Tracked])[];

/**
 * What the Flux Operator makes of `spec.sync` of a FluxInstance: a source and a Kustomization, both named after
 * `sync.name`, else after the namespace (flux-operator 0.40, internal/builder).
 */
export function syncObjects(instance: Resource): Resource[] {
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
  const kustomization = make('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', [
    ['interval', text('10m')],
    ...taken(sync, 'path'),
    ['prune', { value: true, origin }],
    ['sourceRef', sourceRef],
  ]);
  // A bucket has more fields than its address, and nothing here follows it.
  if (kind === 'Bucket') return [kustomization];
  const source = make('source.toolkit.fluxcd.io/v1', kind, [
    ['interval', getPart(sync, 'interval') ?? text('1m')],
    ...taken(sync, 'url'),
    ...referenceOf(sync, kind),
  ]);
  return [source, kustomization];
}

function taken(sync: Tracked, field: string): [string, Tracked][] {
  const part = getPart(sync, field);
  return part === undefined ? [] : [[field, part]];
}

function referenceOf(sync: Tracked, kind: string): [string, Tracked<Mapping>][] {
  const ref = getPart(sync, 'ref');
  if (ref === undefined) return [];
  return [['ref', mappingOf([[kind === 'OCIRepository' ? 'tag' : 'name', ref]], ref.origin)]];
}
