import { pageSkeleton } from './page-skeleton.ts';

/** Names that Kubernetes takes for an object and that read well behind "ignore". */
export const policyNamePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u;

export interface SkeletonFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A policy that works and the page that tests it, for their author to change. It has no label of a profile: that would make it one of the
 * catalogue, which judges what is committed, without the defaults that a cluster adds.
 */
export function policySkeleton(name: string): SkeletonFile[] {
  return [
    { name: `${name}.yaml`, text: policyText(name) },
    { name: `${name}.md`, text: pageText(name) },
  ];
}

function policyText(name: string): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: ${name}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [deployments]
  variables:
    - name: labels
      expression: object.metadata.?labels.orValue({})
  validations:
    # What must be true. The message states the problem, and after the semicolon how to fix it.
    - expression: "'team' in variables.labels"
      message: the Deployment has no label team; add it to metadata.labels
      reason: Invalid
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: ${name}
spec:
  policyName: ${name}
  # Deny is an error, Warn a warning, Audit a note.
  validationActions: [Deny]
  matchResources:
    namespaceSelector:
      matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: NotIn
          values: [kube-system, kube-public, kube-node-lease]
`;
}

function pageText(name: string): string {
  const page = pageSkeleton(name, {
    summary: 'A Deployment has no owner label.',
    why: `Describe what goes wrong without the rule, and when. \`cdb-lint explain ${name}\` prints this page, and \`cdb-lint test\` runs it.`,
    bad: {
      title: 'Without the label',
      metadata: `  labels: # error: [${name}] "the Deployment has no label team"\n    app: web\n`,
    },
    good: { title: 'With the label', metadata: '  labels:\n    app: web\n    team: shop\n' },
  });
  return `${page}
## In the cluster

Rejected on create and update in all namespaces except \`kube-system\`, \`kube-public\` and \`kube-node-lease\`.
`;
}
