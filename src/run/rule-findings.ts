import { invalidPolicy } from '../admit/policy/check-policy.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import type { Step } from '../diagnostic/step.ts';
import type { Build } from '../object/build.ts';
import { byFolder } from '../object/plain-manifests.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { emptyBuild } from '../reconcile/reconciliation.ts';
import { judgeBuild, judgeCluster, judgeRun } from '../rules/judge.ts';
import type { Sources } from '../source/load.ts';
import type { EntryPoints } from '../survey/entry-points.ts';
import type { Scope } from '../survey/scope.ts';
import { safeguards } from '../workload/environment/safeguards.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import { objectKey } from './object-key.ts';

/** What a run found to judge by rules. */
interface Judgeable {
  readonly scopes: readonly Scope[];
  /** What Flux and Argo CD deploy, with who applies it. */
  readonly clusters: readonly Cluster[];
  readonly found: EntryPoints;
  /** With the clusters that are not judged as well. */
  readonly deployment?: { readonly clusters: readonly Cluster[] } | undefined;
}

interface RuleOptions {
  readonly kubernetesVersion: string;
  /** Whether every environment is judged. */
  readonly isWhole: boolean;
  /** Whether there are builds beside these that nobody made. */
  readonly isPart: boolean;
  readonly onStep: (step: Step) => void;
}

/** What needs more than one object to be seen. */
export function judgeByRules(
  sources: Sources,
  { scopes, clusters, found, deployment }: Judgeable,
  { environments, provided, privateRegistries, alternatives, fluxVersion }: Configuration,
  { kubernetesVersion, isWhole, isPart, onStep }: RuleOptions,
): Diagnostic[] {
  const context: Surroundings = {
    sources,
    kubernetesVersion,
    ...(fluxVersion === undefined ? {} : { fluxVersion }),
    environments,
    provided,
    privateRegistries,
    clusters: deployment?.clusters ?? clusters,
    ...(isWhole ? { files: found.kustomizedFiles, documents: found.documents } : {}),
  };
  // One list for all that have the same neighbours: rules remember what they found out about a list.
  const lists = new Map<string | undefined, readonly Build[]>();
  const neighboursFor = (scope: Scope): readonly Build[] => {
    const known = lists.get(scope.alternative);
    if (known !== undefined) return known;
    const around = neighboursOf(scope, scopes, alternatives);
    const neighbours = isPart ? [...around, unbuilt] : around;
    lists.set(scope.alternative, neighbours);
    return neighbours;
  };
  const ofScopes = scopes.flatMap((scope, index) => {
    const what = scope.entryPoint?.name;
    const at = [index + 1, scopes.length] as const;
    onStep({ name: 'rules', at, ...(what === undefined ? {} : { what }) });
    if (scope.entryPoint?.environment !== undefined) return judgeBuild(scope, context);
    // Without environments nobody says what reaches which cluster, so that anything may be provided by any build.
    const amongAll = { ...context, neighbours: neighboursFor(scope) };
    if (scope.entryPoint !== undefined) return judgeBuild(scope, amongAll);
    return byFolder(scope.resources).flatMap(({ resources, files }) =>
      judgeBuild({ ...scope, resources, inputs: [...files] }, amongAll)
        .filter(({ span }) => files.has(span.file.path))
        .map(withoutEntryPoint),
    );
  });
  const ofClusters = clusters.flatMap((cluster) => judgeCluster(cluster, context));
  // What changes nothing here may change something there.
  const ofRun = isPart ? [] : judgeRun(scopes, context);
  return [...ofScopes, ...ofRun, ...ofClusters];
}

/** Anything may be in it. */
const unbuilt = emptyBuild('');

/** All builds but those that never reach a cluster together with this one. */
function neighboursOf(
  scope: Scope,
  scopes: readonly Scope[],
  alternatives: Configuration['alternatives'],
): readonly Scope[] {
  const apart = alternatives
    .map(({ paths }) => paths.map(({ path }) => path))
    .filter((paths) => paths.some((path) => path === scope.alternative))
    .flat()
    .filter((path) => path !== scope.alternative);
  return scopes.filter(({ alternative }) => alternative === undefined || !apart.includes(alternative));
}

/**
 * What an API server refuses is wrong for that reason; that it leads nowhere as well, or that another environment has it
 * right, is no second mistake.
 */
export function withoutRefused(
  ofRules: readonly Diagnostic[],
  admitted: readonly Diagnostic[],
): Diagnostic[] {
  const refusals = admitted.filter(isError);
  const fields = new Set(refusals.map(fieldKey));
  const refused = new Set(refusals.map(({ rule, ...diagnostic }) => ruleKey(rule, diagnostic)));
  return ofRules.filter((diagnostic) => {
    const field = fieldKey(diagnostic);
    if (field !== undefined && fields.has(field)) return false;
    const asked = safeguards.find(({ name }) => name === diagnostic.difference?.property)?.policies ?? [];
    return !asked.some((policy) => refused.has(ruleKey(policy, diagnostic)));
  });
}

/** An expression that does not compile is told of once: with what it means for the objects that the policy would judge. */
export function withoutUncompiled(
  admitted: readonly Diagnostic[],
  ofPolicies: readonly Diagnostic[],
): Diagnostic[] {
  const expressionKey = ({ object, field }: Diagnostic): string | undefined =>
    object?.kind === 'ValidatingAdmissionPolicy' ? `${object.name} ${field}` : undefined;
  const uncompiled = new Set(ofPolicies.filter(({ rule }) => rule === invalidPolicy).map(expressionKey));
  return admitted.filter((diagnostic) => {
    const key = diagnostic.rule === 'invalid-value' ? expressionKey(diagnostic) : undefined;
    return key === undefined || !uncompiled.has(key);
  });
}

function fieldKey({ object, entryPoint, field }: Diagnostic): string | undefined {
  if (object === undefined || field === undefined) return undefined;
  return `${objectKey(object, entryPoint)} ${field}`;
}

function ruleKey(rule: string, { object, entryPoint }: Pick<Diagnostic, 'object' | 'entryPoint'>): string {
  return `${rule} ${object === undefined ? '' : objectKey(object, entryPoint)}`;
}

function withoutEntryPoint({ entryPoint: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic;
}
