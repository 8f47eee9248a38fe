import type { AppliedBy, LooseSchema } from '../configuration/configuration.ts';
import { causeOf } from '../diagnostic/cause.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingAt } from '../object/finding.ts';
import type { KnownBeside } from '../object/known-once.ts';
import { nameOf, namespaceOf, objectReference, type Resource } from '../object/resource.ts';
import { stumbleFinding } from '../object/stumble.ts';
import { type CustomKinds, noCustomKinds } from '../schema/custom-kind.ts';
import { factsFor } from '../schema/facts.ts';
import { isExhausted } from '../source/effort.ts';
import { isMapping, type Mapping, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { admissionFindings, ignoredFindings } from './admission-findings.ts';
import { type Admission, admitObject } from './admit.ts';
import { namespaceAnswers, valuesBesideNames } from './policy/alike.ts';
import { evaluatePolicies } from './policy/evaluate.ts';
import { fluxExpressionFindings } from './policy/flux-expressions.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import { newRunBudgets, type RunBudgets, spendOnObject } from './policy/run-budget.ts';
import { targetOf } from './policy/target.ts';
import type { PolicyViolation } from './policy/violation.ts';
import { policyFindings } from './policy-findings.ts';
import type { AdmissionRequest } from './request.ts';
import {
  haveCustomParams,
  inOrderOf,
  kindsFor,
  policyParts,
  type SaidOfContents,
} from './said-of-contents.ts';
import { isOpenThroughout } from './schema/open-values.ts';
import { settleThirdParty, type ThirdParties } from './third-party-findings.ts';
import { admitUpdate } from './update/admit-update.ts';
import { mergeVersions } from './version-findings.ts';

/** A kind whose objects may have fields that its schema does not know, or have no schema at all; who says so, is not asked here. */
export type LooseKind = Omit<LooseSchema, 'span'>;

export interface JudgeOptions {
  readonly policies: readonly CompiledPolicy[];
  readonly thirdParties?: ThirdParties;
  /** One or several; what does not hold for all of them says for which. */
  readonly kubernetesVersions: readonly string[];
  /** How all of them are sent; where absent, `byFlux` by a server-side apply, the others by a client-side one. */
  readonly appliedBy?: AppliedBy;
  readonly byFlux?: ReadonlySet<Resource>;
  readonly customKinds?: CustomKinds;
  readonly looseKinds?: readonly LooseKind[];
  /** Whether variables may stand in the objects that get their values in the cluster. */
  readonly hasPlaceholders?: boolean;
  /** Whether an object of a kind without schema counts as not checked. */
  readonly requiresSchemas?: boolean;
  readonly entryPoint?: string;
  /** What stood in the cluster before, for objects that are updated; the others are created. */
  readonly before?: ReadonlyMap<Resource, Mapping>;
  /** Objects whose Namespaces count before those among the judged ones. */
  readonly namespacesOf?: readonly Resource[];
  /** What policies and the rules of CRDs may still spend in this run; whole ones where absent. */
  readonly budgets?: RunBudgets;
  /** What was found of an object in the very same world, beside its namespace, the way it is sent, and what it was before. */
  readonly known?: KnownBeside<Resource, Judged>;
  /** What was said of other objects of the same content. */
  readonly contents?: SaidOfContents;
}

export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  /** What only a loose kind lets pass, or what others wrote, with its reason. */
  readonly accepted: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
  /** `apiVersion Kind` of objects that have no schema here, one for each object. */
  readonly withoutSchema: readonly string[];
  readonly usedLooseKinds: readonly LooseKind[];
  /** What cannot be decoded, so that no policy judged it. */
  readonly undecoded: readonly Resource[];
  /** What has no schema. */
  readonly schemaless: readonly Resource[];
  /** What has a schema, but rules of the server that are not known here. */
  readonly ruleless: readonly Resource[];
}

/** Admits objects that reach a cluster together: first as the API server would, then by the policies. */
export function judgeResources(
  resources: readonly Resource[],
  { budgets = newRunBudgets(), known = (_resource, _beside, find) => find(), ...given }: JudgeOptions,
): Judged {
  const options = { ...given, budgets };
  const judged = nothingJudged();
  const namespaces = namespacesAround(resources, options);
  for (const [place, resource] of resources.entries()) {
    const why = whyEnough(budgets);
    if (why !== undefined) {
      judged.undecoded.push(...resources.slice(place));
      judged.diagnostics.push(notJudged(resource, why, resources.length - place, options.entryPoint));
      break;
    }
    const namespace = namespaces.get(namespaceOf(resource.object) || 'default');
    const theirs = options.thirdParties?.whyOf(resource);
    const before = options.before?.get(resource);
    const beside = [namespace, wayOf(resource, options), before, theirs?.why, theirs?.isConfigured];
    const one = known(resource, beside, () => judgeResource(resource, namespace, options));
    judged.diagnostics.push(...one.diagnostics);
    for (const diagnostic of one.diagnostics) budgets.causes.add(causeOf(diagnostic));
    spendOnObject(budgets, specOf(resource.object), one.diagnostics.length);
    judged.accepted.push(...one.accepted);
    judged.withoutSchema.push(...one.withoutSchema);
    judged.usedLooseKinds.push(...one.usedLooseKinds);
    judged.undecoded.push(...one.undecoded);
    judged.schemaless.push(...one.schemaless);
    judged.ruleless.push(...one.ruleless);
  }
  return judged;
}

/**
 * Asks what `judgeResources` is going to ask of the contents that are worth it, for whoever wants to know it before; what is said to it
 * counts for nothing.
 */
export function askOfContents(
  resources: readonly Resource[],
  options: JudgeOptions,
  isWorthAsking: (object: Mapping) => boolean,
): void {
  const worthy = resources.filter(({ object }) => isWorthAsking(object));
  if (worthy.length === 0) return;
  const namespaces = namespacesAround(resources, options);
  for (const resource of worthy)
    try {
      const namespace = namespaces.get(namespaceOf(resource.object) || 'default');
      admitForVersions(resource, options, looseKindOf(resource, options) !== undefined);
      violationsOf(resource, namespace, policiesFor(resource, options), options);
    } catch {
      // Whoever judges it says so.
    }
}

function namespacesAround(
  resources: readonly Resource[],
  { namespacesOf: others = [] }: JudgeOptions,
): ReadonlyMap<string, Mapping> {
  return new Map([...namespacesOf(resources), ...namespacesOf(others)]);
}

function looseKindOf({ object }: Resource, { looseKinds }: JudgeOptions): LooseKind | undefined {
  return looseKinds?.find((one) => isOfKind(object, one));
}

/** The policies that judge an object: fewer where others wrote it. */
function policiesFor(
  resource: Resource,
  { policies, thirdParties }: JudgeOptions,
): readonly CompiledPolicy[] {
  return thirdParties?.whyOf(resource) === undefined ? policies : thirdParties.policies;
}

/** Why a run checks no further object, and what to do. */
interface Enough {
  readonly why: string;
  readonly help: string;
}

const inParts = ', or check parts of the repository in separate runs';

function whyEnough({ causes, mostCauses, judged, mostJudged, effort }: RunBudgets): Enough | undefined {
  if (isExhausted(effort))
    return {
      why: 'schemas ask for so many comparisons',
      help: `shorten lists of schemas such as anyOf${inParts}`,
    };
  if (causes.size > mostCauses())
    return {
      why: 'there are so many findings',
      help: `fix findings, turn off rules that no one follows${inParts}`,
    };
  return judged > mostJudged()
    ? {
        why: 'these files produce so many objects',
        help: 'let fewer kustomizations include each other, or split the run with --shard',
      }
    : undefined;
}

function notJudged(
  resource: Resource,
  { why, help }: Enough,
  count: number,
  entryPoint: string | undefined,
): Diagnostic {
  const rest = count === 1 ? 'the last object is' : `${count} objects are`;
  const words = {
    rule: 'too-large',
    severity: 'error',
    message: `${why} that ${rest} not checked, starting with this one`,
    help,
    unchecked: `${count} objects of ${entryPoint || '.'}`,
  } as const;
  return { ...findingAt(resource, { ...words, path: [] }, entryPoint), isOfRun: true };
}

function specOf({ spec }: Mapping): Mapping | undefined {
  return isMapping(spec) ? spec : undefined;
}

function judgeResource(resource: Resource, namespace: Mapping | undefined, options: JudgeOptions): Judged {
  const judged = nothingJudged();
  const stumbled = (who: string, error: unknown): void => {
    const { entryPoint } = options;
    const stumble = { who, over: resource, ...(entryPoint === undefined ? {} : { entryPoint }) };
    judged.diagnostics.push(stumbleFinding(stumble, error));
  };
  let admissions: readonly Admission[];
  try {
    admissions = judgeAdmission(resource, options, judged);
  } catch (error) {
    stumbled('what an API server says', error);
    judged.undecoded.push(resource);
    return judged;
  }
  // What cannot be read never reaches a policy; its own findings come first.
  if (admissions.every(({ undecoded }) => undecoded === true)) judged.undecoded.push(resource);
  else
    try {
      judgePolicies(resource, namespace, admissions, options, judged);
    } catch (error) {
      stumbled('what the policies say', error);
    }
  return judged;
}

/** What is gathered of all objects. */
interface Gathered {
  readonly diagnostics: Diagnostic[];
  readonly accepted: { readonly diagnostic: Diagnostic; readonly reason: string }[];
  readonly withoutSchema: string[];
  readonly usedLooseKinds: LooseKind[];
  readonly undecoded: Resource[];
  readonly schemaless: Resource[];
  readonly ruleless: Resource[];
}

export function nothingJudged(): Gathered {
  return {
    diagnostics: [],
    accepted: [],
    withoutSchema: [],
    usedLooseKinds: [],
    undecoded: [],
    schemaless: [],
    ruleless: [],
  };
}

function judgeAdmission(resource: Resource, options: JudgeOptions, judged: Gathered): readonly Admission[] {
  const { object } = resource;
  const { entryPoint } = options;
  const loose = looseKindOf(resource, options);
  const admissions = admitForVersions(resource, options, loose !== undefined);
  const { diagnostics, ignored } = findingsOf(resource, admissions, options);
  judged.diagnostics.push(...diagnostics);
  if (admissions.some(({ unjudgedUpdate }) => unjudgedUpdate === true))
    judged.diagnostics.push(updateUnjudged(resource, entryPoint));
  for (const finding of fluxExpressionFindings(resource))
    judged.diagnostics.push(entryPoint === undefined ? finding : { ...finding, entryPoint });
  const hasSchema = admissions.every(({ noSchema }) => noSchema !== true);
  if (!hasSchema) {
    judged.withoutSchema.push(`${valueText(object['apiVersion'])} ${valueText(object['kind'])}`);
    judged.schemaless.push(resource);
  }
  if (admissions.some(({ noRules }) => noRules === true)) judged.ruleless.push(resource);
  if (!hasSchema && loose === undefined && options.requiresSchemas === true)
    judged.diagnostics.push(schemaMissing(resource, entryPoint));
  if (loose !== undefined) {
    judged.accepted.push(...ignored.map((diagnostic) => ({ diagnostic, reason: loose.reason })));
    if (!hasSchema || ignored.length > 0) judged.usedLooseKinds.push(loose);
  }
  return admissions;
}

function judgePolicies(
  resource: Resource,
  namespace: Mapping | undefined,
  admissions: readonly Admission[],
  options: JudgeOptions,
  judged: Gathered,
): void {
  const { thirdParties, entryPoint } = options;
  const why = thirdParties?.whyOf(resource);
  const violations = violationsOf(resource, namespace, policiesFor(resource, options), options);
  // A policy that stumbles over an object that is refused anyway, or not finished, says nothing new.
  const telling = admissions.some(({ verdict, hasOpenValues }) => verdict === 'accept' && !hasOpenValues)
    ? violations
    : violations.filter(({ failed }) => failed !== 'runtime-error');
  const { object } = resource;
  const known =
    options.hasPlaceholders === true
      ? telling.filter(({ failed, path }) => failed !== undefined || !isOpenThroughout(valueAt(object, path)))
      : telling;
  const found = policyFindings(resource, known, entryPoint);
  if (why === undefined || thirdParties === undefined)
    judged.diagnostics.push(...found.map(({ finding }) => finding));
  else {
    const settled = settleThirdParty(found, why, options);
    judged.diagnostics.push(...settled.diagnostics);
    judged.accepted.push(...settled.accepted);
  }
}

function isOfKind(object: Mapping, { kind, apiVersion }: LooseKind): boolean {
  return object['kind'] === kind && (apiVersion === undefined || object['apiVersion'] === apiVersion);
}

function admitForVersions(resource: Resource, options: JudgeOptions, isLoose: boolean): readonly Admission[] {
  const { kubernetesVersions, customKinds = noCustomKinds, hasPlaceholders = false, contents } = options;
  const appliedBy = wayOf(resource, options);
  const old = options.before?.get(resource);
  const admit = (object: Mapping): readonly Admission[] =>
    kubernetesVersions.map((kubernetesVersion) => {
      const known = { kubernetesVersion, appliedBy, customKinds, isLoose, hasPlaceholders };
      const target = options.budgets === undefined ? known : { ...known, budgets: options.budgets };
      return old === undefined ? admitObject(object, target) : admitUpdate(old, object, target);
    });
  if (contents === undefined || old !== undefined) return admit(resource.object);
  const object = contents.firstOf(resource.object);
  const kinds = kindsFor(object, kubernetesVersions, customKinds);
  const world = [appliedBy, isLoose, hasPlaceholders, kinds, ...kubernetesVersions];
  const find = (): readonly Admission[] => admit(object);
  return contents.admissions(object, world, () =>
    kinds === undefined ? contents.admittedAlike(object, world, find) : find(),
  );
}

/** A server-side apply refuses more than a create, a client-side one nothing else: where nobody says, no false alarm. */
function wayOf(resource: Resource, { appliedBy, byFlux }: JudgeOptions): AppliedBy {
  return appliedBy ?? (byFlux?.has(resource) === true ? 'server-side-apply' : 'client-side-apply');
}

function findingsOf(
  resource: Resource,
  admissions: readonly Admission[],
  { kubernetesVersions, entryPoint }: JudgeOptions,
): { readonly diagnostics: readonly Diagnostic[]; readonly ignored: readonly Diagnostic[] } {
  const [first] = admissions;
  const merged = (findings: typeof admissionFindings): Diagnostic[] => {
    if (first !== undefined && admissions.length === 1) return findings(resource, first, entryPoint);
    return mergeVersions(
      new Map(
        admissions.map((admission, index) => [
          kubernetesVersions[index] ?? '',
          findings(resource, admission, entryPoint),
        ]),
      ),
    );
  };
  return { diagnostics: merged(admissionFindings), ignored: merged(ignoredFindings) };
}

function schemaMissing(resource: Resource, entryPoint: string | undefined): Diagnostic {
  const { apiVersion, kind, name } = objectReference(resource.object);
  const problem = {
    rule: 'schema-missing',
    severity: 'error' as const,
    message: `there is no schema for ${apiVersion} ${kind}`,
    help: 'add its CRD to the repository, or to a folder under schemas in cdb-lint.yaml, or list the kind under looseSchemas',
    path: ['kind'],
    unchecked: `the fields of ${kind}/${name}`,
  };
  return findingAt(resource, problem, entryPoint);
}

function updateUnjudged(resource: Resource, entryPoint: string | undefined): Diagnostic {
  const { kind, name } = objectReference(resource.object);
  const problem = {
    rule: 'not-admitted',
    severity: 'error' as const,
    message: `the previous version of ${kind} ${name} is not an object that the API server could store`,
    help: 'fix the previous version first: without it, the change is unknown',
    path: ['kind'],
    unchecked: `the update of ${kind}/${name}`,
  };
  return findingAt(resource, problem, entryPoint);
}

function violationsOf(
  resource: Resource,
  namespace: Mapping | undefined,
  policies: readonly CompiledPolicy[],
  options: JudgeOptions,
): readonly PolicyViolation[] {
  const { kubernetesVersions, customKinds = noCustomKinds, before, budgets, contents } = options;
  if (policies.length === 0) return [];
  const oldObject = before?.get(resource);
  const isApplied = wayOf(resource, options) === 'server-side-apply';
  const requestOf = (object: Mapping, namespaceObject: Mapping | undefined): AdmissionRequest => ({
    operation: oldObject === undefined ? 'CREATE' : 'UPDATE',
    object,
    ...(oldObject === undefined ? {} : { oldObject }),
    kinds: { facts: factsFor(kubernetesVersions[0] ?? ''), customKinds },
    isApplied,
    ...(namespaceObject === undefined ? {} : { namespaceObject }),
  });
  if (contents === undefined || oldObject !== undefined)
    return evaluatePolicies(policies, requestOf(resource.object, namespace), budgets);
  const object = contents.firstOf(resource.object);
  const around = namespace && contents.firstOf(namespace);
  const request = requestOf(object, around);
  const [version = ''] = kubernetesVersions;
  const ofKind = kindsFor(object, [version], customKinds);
  const byContent = (
    part: readonly CompiledPolicy[],
    known = contents.violations,
  ): readonly PolicyViolation[] => {
    if (part.length === 0) return [];
    const kinds = haveCustomParams(part) ? customKinds : ofKind;
    const world = [part, version, isApplied, kinds, around];
    return known(object, world, () => evaluatePolicies(part, request, budgets, contents.alike));
  };
  const { own, named, unnamed } = policyParts(policies);
  const alike = valuesBesideNames(resource.object);
  const worldOfNames = (): unknown[] => [
    unnamed,
    version,
    isApplied,
    ofKind,
    namespaceAnswers(unnamed, targetOf(request)),
  ];
  const ofUnnamed =
    alike === undefined
      ? byContent(unnamed)
      : contents.violationsBesideNames(alike.spec, [...worldOfNames(), ...alike.values], () =>
          byContent(unnamed),
        );
  return inOrderOf(policies, [
    ...byContent(own, contents.violationsOfOwn),
    ...byContent(named),
    ...ofUnnamed,
  ]);
}

/** The Namespaces among the objects, by name. */
export function namespacesOf(resources: readonly Resource[]): Map<string, Mapping> {
  const namespaces = resources.filter(
    ({ object }) => object['kind'] === 'Namespace' && object['apiVersion'] === 'v1',
  );
  return new Map(namespaces.map(({ object }) => [nameOf(object), object]));
}
