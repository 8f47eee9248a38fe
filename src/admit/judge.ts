import { nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Mapping } from '../source/value.ts';
import { admissionFindings } from './admission-findings.ts';
import { admitObject } from './admit.ts';
import { evaluatePolicies } from './policy/evaluate.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import { policyFindings } from './policy-findings.ts';

export interface JudgeOptions {
  readonly policies: readonly CompiledPolicy[];
  readonly kubernetesVersion: string;
  readonly entryPoint?: string;
}

export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  /** `apiVersion/Kind` of objects that have no schema here. */
  readonly withoutSchema: readonly string[];
}

/** Admits objects that reach a cluster together: first as the API server would, then by the policies. */
export function judgeResources(resources: readonly Resource[], options: JudgeOptions): Judged {
  const { policies, kubernetesVersion, entryPoint } = options;
  const namespaces = namespacesOf(resources);
  const diagnostics: Diagnostic[] = [];
  const withoutSchema = new Set<string>();
  for (const resource of resources) {
    const { object } = resource;
    const admission = admitObject(object, { kubernetesVersion });
    diagnostics.push(...admissionFindings(resource, admission, entryPoint));
    if (admission.noSchema === true) withoutSchema.add(`${object['apiVersion']} ${object['kind']}`);
    // What cannot be read never reaches a policy; its own findings come first.
    if (admission.undecoded === true) continue;
    const namespaceObject = namespaces.get(namespaceOf(object));
    const violations = evaluatePolicies(policies, {
      operation: 'CREATE',
      object,
      ...(namespaceObject === undefined ? {} : { namespaceObject }),
    });
    // A policy that stumbles over an object that is refused anyway says nothing new.
    const telling =
      admission.verdict === 'accept'
        ? violations
        : violations.filter(({ failed }) => failed !== 'runtime-error');
    diagnostics.push(...policyFindings(resource, telling, entryPoint));
  }
  return { diagnostics, withoutSchema: [...withoutSchema] };
}

function namespacesOf(resources: readonly Resource[]): Map<string, Mapping> {
  const namespaces = resources.filter(
    ({ object }) => object['kind'] === 'Namespace' && object['apiVersion'] === 'v1',
  );
  return new Map(namespaces.map(({ object }) => [nameOf(object), object]));
}
