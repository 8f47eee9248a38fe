import { type Files, requireSameReport } from '../judge-alike.ts';
import { textsOf } from './numbers.ts';

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

const filesOf = ([schema = '', spec = '', widget = '', others = '']: readonly string[]): Files => ({
  'definition.yaml': definition(schema),
  'policy.yaml': policy(spec),
  'widget.yaml': `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, namespace: a}\nspec:\n${widget.replace(/^/gmu, '  ')}\n`,
  'others.yaml': others,
});

/** The schema of a custom kind, a policy, and objects of any kind that both say something of. */
export function fuzz(data: Uint8Array): void {
  requireSameReport(textsOf(data), filesOf);
}
