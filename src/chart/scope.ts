import { isList, isMap, knownValue, newList, newMap } from '../template/value/datum.ts';
import { computes } from '../template/value/go-function.ts';
import { isTruthy } from '../template/value/kind.ts';
import type { GoList, GoMap, GoObject, Known } from '../template/value/model.ts';
import { printValue } from '../template/value/print.ts';
import { parseVersion } from '../template/value/version.ts';
import type { Chart } from './chart.ts';
import { filesObject } from './files-object.ts';
import type { Release } from './release.ts';

/** A chart with what its templates see: `.Values`, `.Chart`, `.Release` and the others, for it and the charts inside of it. */
export interface Scope {
  readonly chart: Chart;
  /** Where it lies: its name, below those that it is a part of. */
  readonly path: string;
  readonly dot: GoMap;
  readonly children: readonly Scope[];
}

/** The scopes of a chart for its values (pkg/engine/engine.go of Helm 3.22, recAllTpls). */
export function scopeOf(chart: Chart, values: GoMap, release: Release): Scope {
  const own: GoMap = { ...values, type: 'chartutil.Values', methods: valuesMethods(values) };
  const outside = {
    Release: knownValue(releaseObject(release)),
    Capabilities: knownValue(capabilitiesObject(release)),
  };
  return makeScope(chart, { path: chart.metadata.name, values: own, outside, isRoot: true });
}

interface Placed {
  readonly path: string;
  readonly values: GoMap;
  readonly outside: { readonly Release: Known; readonly Capabilities: Known };
  readonly isRoot: boolean;
}

function makeScope(chart: Chart, { path, values, outside, isRoot }: Placed): Scope {
  const children = chart.dependencies.map((child) => {
    const { name } = child.metadata;
    const table = values.entries.get(name)?.value;
    return makeScope(child, {
      path: `${path}/charts/${name}`,
      values: isMap(table) ? table : newMap(),
      outside,
      isRoot: false,
    });
  });
  const subcharts = children.map((child): [string, Known] => [
    child.chart.metadata.name,
    knownValue(child.dot),
  ]);
  const dot = newMap([
    ['Chart', knownValue(chartObject(chart, isRoot))],
    ['Files', knownValue(filesObject(chart.files))],
    ['Values', knownValue(values)],
    ['Subcharts', knownValue(newMap(subcharts))],
    ...Object.entries(outside),
  ]);
  return { chart, path, dot, children };
}

function valuesMethods(values: GoMap): NonNullable<GoMap['methods']> {
  return { AsMap: computes([], () => values) };
}

/** In the order in which Helm declares them (pkg/chart/metadata.go). */
const chartFields =
  'Name Home Sources Version Description Keywords Maintainers Icon APIVersion Condition Tags AppVersion Deprecated Annotations KubeVersion Dependencies Type'.split(
    ' ',
  );

/** What JSON has of a chart: its fields as Chart.yaml calls them, and none that says nothing. */
function membersOf(entries: GoMap['entries']): [string, Known][] {
  return chartFields.flatMap((field): [string, Known][] => {
    const known = entries.get(field);
    if (known === undefined || !isTruthy(known.value)) return [];
    const key = field === 'APIVersion' ? 'apiVersion' : field.slice(0, 1).toLowerCase() + field.slice(1);
    return [[key, inLowerCase(known)]];
  });
}

/** Maintainers and dependencies, whose fields have other names as well. */
function inLowerCase(known: Known): Known {
  const { value } = known;
  if (!isList(value) || !value.items.some((item) => isMap(item.value))) return known;
  const items = value.items.map((item) => {
    if (!isMap(item.value)) return item;
    const named = [...item.value.entries].map(([key, part]): [string, Known] => [
      key === 'URL' ? 'url' : key.slice(0, 1).toLowerCase() + key.slice(1),
      part,
    ]);
    return { ...item, value: newMap(named) };
  });
  return { ...known, value: newList(items) };
}

function chartObject({ metadata }: Chart, isRoot: boolean): GoObject {
  const { entries } = metadata.fields;
  return {
    kind: 'object',
    type: 'struct { chart.Metadata; IsRoot bool }',
    fields: new Map([
      ...chartFields.map((name): [string, Known] => [name, entries.get(name) ?? knownValue(null)]),
      ['IsRoot', knownValue(isRoot)],
    ]),
    members: new Map([...membersOf(entries), ['IsRoot', knownValue(isRoot)]]),
    get text() {
      return `{{${chartFields.map((name) => printValue(entries.get(name)?.value)).join(' ')}} ${isRoot}}`;
    },
  };
}

function releaseObject({ name, namespace, isUpgrade }: Release): GoMap {
  return newMap([
    ['Name', knownValue(name)],
    ['Namespace', knownValue(namespace)],
    ['IsUpgrade', knownValue(isUpgrade)],
    ['IsInstall', knownValue(!isUpgrade)],
    ['Revision', knownValue(isUpgrade ? 2n : 1n)],
    ['Service', knownValue('Helm')],
  ]);
}

const helmVersions = { 3: 'v3.22', 4: 'v4.3' } as const;

function capabilitiesObject({ kubernetesVersion, helm, ...apis }: Release): GoObject {
  const version = parseVersion(kubernetesVersion.replace(/^v/u, ''));
  const text = `v${kubernetesVersion.replace(/^v/u, '')}`;
  const kubeVersion: GoObject = {
    kind: 'object',
    type: 'chartutil.KubeVersion',
    fields: new Map([
      ['Version', knownValue(text)],
      ['Major', knownValue(String(version?.major ?? 0))],
      ['Minor', knownValue(String(version?.minor ?? 0))],
    ]),
    methods: { String: computes([], () => text), GitVersion: computes([], () => text) },
    text: `{${text} ${version?.major ?? 0} ${version?.minor ?? 0}}`,
    textInPlace: text,
  };
  const helmVersion: GoObject = {
    kind: 'object',
    type: 'version.BuildInfo',
    fields: new Map([
      ['Version', knownValue(helmVersions[helm])],
      ['GitCommit', knownValue('')],
      ['GitTreeState', knownValue('')],
      ['GoVersion', knownValue('go1.26')],
    ]),
    members: new Map([
      ['version', knownValue(helmVersions[helm])],
      ['go_version', knownValue('go1.26')],
    ]),
    text: `{${helmVersions[helm]}   go1.26}`,
  };
  const served = versionSet(apis);
  const fields = new Map([
    ['KubeVersion', knownValue(kubeVersion)],
    ['APIVersions', knownValue(served)],
    ['HelmVersion', knownValue(helmVersion)],
  ]);
  return {
    kind: 'object',
    type: '*chartutil.Capabilities',
    fields,
    // Where it lies in memory nobody knows.
    textInside: '0xc000000000',
    get text() {
      return `&{${[kubeVersion, served, helmVersion].map(printValue).join(' ')}}`;
    },
  };
}

function versionSet({ apiVersions, whenMissing }: Pick<Release, 'apiVersions' | 'whenMissing'>): GoList {
  const known = new Set(apiVersions);
  return {
    kind: 'list',
    type: 'chartutil.VersionSet',
    get items() {
      whenMissing?.();
      return [...known].map(knownValue);
    },
    methods: {
      Has: computes(['text'], (version) => {
        if (!known.has(version)) whenMissing?.(version);
        return known.has(version);
      }),
    },
  };
}
