import { report } from '../../../src/index.ts';
import { judge } from '../../../src/run/judge.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { requireSame, textsOf } from './numbers.ts';

const definition = (schema: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
${schema.replace(/^/gmu, '              ')}
`;
const policy = (spec: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: own}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}]
${spec.replace(/^/gmu, '  ')}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: own}
spec: {policyName: own, validationActions: [Deny]}
`;

/** The schema of a custom kind, a policy, and objects of any kind that both say something of. */
export function fuzz(data: Uint8Array): void {
  const [schema = '', spec = '', widget = '', others = ''] = textsOf(data);
  const files = {
    'definition.yaml': definition(schema),
    'policy.yaml': policy(spec),
    'widget.yaml': `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, namespace: a}\nspec:\n${widget.replace(/^/gmu, '  ')}\n`,
    'others.yaml': others,
  };
  requireSame(() => report(judge({ fileSystem: memoryFileSystem(files), paths: [''] }).report, 'json'));
}
