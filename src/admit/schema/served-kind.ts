import {
  type CustomKind,
  type CustomKinds,
  customKindsIn,
  findCustomKind,
} from '../../schema/custom-kind.ts';
import {
  type Facts,
  findKind,
  isBuiltInGroup,
  type KindFacts,
  kindsOf,
  lifecycleOf,
  servedVersions,
} from '../../schema/facts.ts';
import { closestField } from '../../schema/suggestion.ts';
import type { Mapping, Value } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { describe } from './structural.ts';

/** What `apiVersion` and `kind` name: one of Kubernetes' kinds, one of a CRD, nothing that is known, or nothing that can be. */
export type ServedKind =
  | { readonly kind: KindFacts }
  | { readonly custom: CustomKind }
  | { readonly unknown: true }
  | { readonly errors: readonly FieldError[] };

export function servedKind(object: Mapping, facts: Facts, customKinds: CustomKinds): ServedKind {
  const { apiVersion, kind } = object;
  const unset = unsetField('apiVersion', apiVersion) ?? unsetField('kind', kind);
  if (unset !== undefined || typeof apiVersion !== 'string' || typeof kind !== 'string')
    return { errors: unset === undefined ? [] : [unset] };
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const known = findKind(facts, group, version, kind);
  if (known !== undefined)
    return isServedByDefault(known, facts) ? { kind: known } : { errors: [offByDefault(known, facts)] };
  const custom = findCustomKind(customKinds, group, version, kind);
  if (custom !== undefined) return { custom };
  const wanted = { group, version, kind, apiVersion };
  // The group of a CRD is a domain name, so one without a dot can only be a misspelled one of Kubernetes' own.
  if (isBuiltInGroup(group) || !group.includes('.') || version.includes('/'))
    return { errors: [unknownKind(facts, wanted)] };
  if (customKinds.alsoServed?.has(apiVersion) === true) return { unknown: true };
  if (isExperimental(apiVersion) && !isDefined(customKinds, group, kind)) return { unknown: true };
  const mistaken = mistakenCustomKind(customKinds, wanted);
  return mistaken === undefined ? { unknown: true } : { errors: [mistaken] };
}

/**
 * Since 1.24 a server serves no alpha and no new beta version unless it is told to (`k8s.io/kubernetes/pkg/controlplane/instance.go`);
 * of the older beta versions the last one left in 1.32.
 */
function isServedByDefault({ group, version }: KindFacts, facts: Facts): boolean {
  if (/^v\d+$/.test(version)) return true;
  return group === 'flowcontrol.apiserver.k8s.io' && version === 'v1beta3' && minorOf(facts.version) < 32;
}

function offByDefault(kind: KindFacts, facts: Facts): FieldError {
  const apiVersion = groupVersionOf(kind);
  const stable = kindsOf(facts).find(
    (other) => other.kind === kind.kind && other.group === kind.group && /^v\d+$/.test(other.version),
  );
  const served = `an API server serves it only with --runtime-config=${apiVersion}=true`;
  return {
    type: 'NotSupported',
    field: ['apiVersion'],
    badValue: apiVersion,
    detail: `Kubernetes ${facts.version} does not serve ${apiVersion} ${kind.kind} by default`,
    // What a flag switches on nobody sees here, as with the gates of features.
    gate: apiVersion,
    help: stable === undefined ? served : `write apiVersion: ${groupVersionOf(stable)}; ${served}`,
  };
}

/** Gateway API 1.6: what its experimental channel serves, and its standard one, which is known here, does not. */
function isExperimental(apiVersion: string): boolean {
  return /^gateway\.networking\.k8s\.io\/v1alpha[23]$/u.test(apiVersion);
}

function isDefined({ kinds }: CustomKinds, group: string, kind: string): boolean {
  return [...kinds.values()].some((known) => known.group === group && known.kind === kind);
}

/**
 * Several products share one group (argoproj.io, tekton.dev), so that a kind which the known CRDs lack is no mistake in
 * itself: it is one where they have it in another version, or under a name a letter away.
 */
function mistakenCustomKind(
  customKinds: CustomKinds,
  { group, version, kind, apiVersion }: Wanted,
): FieldError | undefined {
  const known = customKindsIn(customKinds, group);
  const siblings = known.filter((other) => other.version === version).map((other) => other.kind);
  // Other releases of a product serve other versions.
  if (known.some((other) => other.kind === kind && other.isOfProduct)) return undefined;
  const served = known.find((other) => other.kind === kind);
  const meant = served === undefined ? closestField(kind, siblings) : undefined;
  if (served === undefined && meant === undefined) return undefined;
  return {
    type: 'NotSupported',
    field: [served === undefined ? 'kind' : 'apiVersion'],
    badValue: served === undefined ? kind : apiVersion,
    detail: `the known CRDs of ${group} have no kind ${JSON.stringify(kind)} in ${version}`,
    help:
      served === undefined
        ? `did you mean ${JSON.stringify(meant)}?`
        : `write apiVersion: ${group}/${served.version}`,
  };
}

function unsetField(name: string, value: Value | undefined): FieldError | undefined {
  if (value === undefined || value === null || value === '')
    return { type: 'Required', field: [name], detail: 'must be set' };
  if (typeof value === 'string') return undefined;
  return {
    type: 'TypeInvalid',
    field: [name],
    badValue: value,
    detail: `must be a string, but is ${describe(value)}`,
  };
}

interface Wanted {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly apiVersion: string;
}

function unknownKind(facts: Facts, wanted: Wanted): FieldError {
  const { group, version, kind, apiVersion } = wanted;
  const gone = goneKind(facts, wanted);
  if (gone !== undefined) return gone;
  const all = kindsOf(facts);
  const siblings = all.filter((other) => other.group === group && other.version === version);
  const isServed = siblings.length > 0 && /^v\d+$/.test(version);
  const detail = `Kubernetes ${facts.version} has no kind ${JSON.stringify(kind)} in ${JSON.stringify(apiVersion)}`;
  const help = isServed ? helpForKind(kind, siblings, all) : helpForVersion(kind, all);
  return {
    type: 'NotSupported',
    field: [isServed ? 'kind' : 'apiVersion'],
    badValue: isServed ? kind : apiVersion,
    detail,
    ...(help === undefined ? {} : { help }),
  };
}

/** A kind that other versions of Kubernetes serve. */
function goneKind(facts: Facts, { group, version, kind, apiVersion }: Wanted): FieldError | undefined {
  const served = servedVersions(group, version, kind);
  const life = lifecycleOf(group, version, kind);
  if (served === undefined && life?.removed === undefined) return undefined;
  const isLater = served !== undefined && minorOf(served[0]) > minorOf(facts.version);
  const since = isLater ? served[0] : (life?.removed ?? nextMinor(served?.[1] ?? ''));
  const replacement = isLater ? undefined : (life?.replacement ?? newestVersion(facts, kind));
  const help = isLater
    ? `upgrade the cluster to Kubernetes ${since} first`
    : replacement && `write ${replacementText(replacement)}`;
  return {
    type: 'NotSupported',
    field: ['apiVersion'],
    badValue: apiVersion,
    detail: isLater
      ? `${kind} was added to ${apiVersion} in Kubernetes ${since}, but this is ${facts.version}`
      : `${kind} was removed from ${apiVersion} in Kubernetes ${since}`,
    ...(help === undefined ? {} : { help }),
  };
}

/** What to say of a kind that the version still serves, but calls deprecated. */
export function deprecationOf(facts: Facts, kind: KindFacts): { detail: string; help?: string } | undefined {
  const life = lifecycleOf(kind.group, kind.version, kind.kind);
  if (life?.deprecated === undefined || minorOf(life.deprecated) > minorOf(facts.version)) return undefined;
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const end = life.removed === undefined ? '' : ` and removed in ${life.removed}`;
  const detail = `${apiVersion} ${kind.kind} is deprecated as of Kubernetes ${life.deprecated}${end}`;
  return life.replacement === undefined
    ? { detail }
    : { detail, help: `write ${replacementText(life.replacement)}` };
}

function replacementText(replacement: string): string {
  const slash = replacement.lastIndexOf('/');
  return `apiVersion: ${replacement.slice(0, slash)}, kind: ${replacement.slice(slash + 1)}`;
}

function newestVersion(facts: Facts, kind: string): string | undefined {
  const found = kindsOf(facts).find((other) => other.kind === kind && /^v\d+$/.test(other.version));
  return found === undefined ? undefined : `${groupVersionOf(found)}/${kind}`;
}

function helpForKind(
  kind: string,
  siblings: readonly KindFacts[],
  all: readonly KindFacts[],
): string | undefined {
  const plural = siblings.find((other) => other.plural === kind.toLowerCase())?.kind;
  const meant =
    plural ??
    closestField(
      kind,
      siblings.map((other) => other.kind),
    );
  if (meant !== undefined) return `did you mean ${JSON.stringify(meant)}?`;
  return helpForVersion(kind, all);
}

function helpForVersion(kind: string, all: readonly KindFacts[]): string | undefined {
  const elsewhere = all.filter((other) => other.kind === kind).map(groupVersionOf);
  const stable = elsewhere.find((groupVersion) => /(^|\/)v\d+$/.test(groupVersion)) ?? elsewhere[0];
  return stable === undefined ? undefined : `write apiVersion: ${stable}`;
}

function groupVersionOf(kind: KindFacts): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

function minorOf(version: string): number {
  return Number(version.slice(version.indexOf('.') + 1));
}

function nextMinor(version: string): string {
  return `1.${minorOf(version) + 1}`;
}
