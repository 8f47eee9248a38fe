import type { CriterionName } from '../diagnostic/criterion.ts';

/** What each rule finds that has no page of its own, because it repeats what kustomize or an API server would say. */
export const ruleSummaries: Readonly<Record<string, string>> = {
  'acknowledgement-stale':
    'An acknowledgement is of an earlier change, of another consequence, or past its last day.',
  'acknowledgement-unused': 'An acknowledgement speaks of something that the change does not do.',
  'alternative-empty': 'An alternative in cdb-lint.yaml deploys nothing.',
  'baseline-invalid': 'A baseline cannot be read, so nobody can say which findings are new.',
  'catalogue-policy-weakened':
    'A policy of the repository takes the place of one of the catalogue and asks for less.',
  'check-failed':
    'cdb-lint itself stumbled over a value, so that something could not be checked; all else is judged.',
  'configuration-invalid': 'cdb-lint.yaml cannot be used as it stands.',
  'duplicate-value': 'An item that has to be unique stands twice, so the API server refuses the object.',
  'environment-unknown': '--environment names an environment that cdb-lint.yaml does not.',
  'expression-mistyped':
    'An expression of a ValidatingAdmissionPolicy does not fit the schema of a kind that the policy matches, so it fails where it is evaluated.',
  'file-missing': 'A kustomization names a file that does not exist.',
  'file-outside-kustomization':
    'A kustomization names a file from elsewhere, which kustomize loads only without its restrictor.',
  'file-unreadable': 'A file or directory that was named cannot be read.',
  'flux-expression-invalid':
    'An expression of a Flux object cannot be used, so the object is not reconciled any more.',
  'forbidden-field': 'A field must not be set here, so the API server refuses the object.',
  'gate-weakened':
    'A change lets pass what the gate that judges it does not: by a setting, a suppression, a policy, or a file that leaves what is judged.',
  'generator-invalid': 'A configMapGenerator or secretGenerator entry cannot be carried out.',
  'generator-target-ambiguous': 'A generator that merges or replaces matches several objects.',
  'generator-target-missing': 'A generator that merges or replaces finds nothing to merge with.',
  'helm-chart-not-rendered':
    'A kustomization inflates a Helm chart, which is not executed here, so the build is not whole.',
  'hidden-text':
    'A file holds a character that nobody sees, so that a reviewer reads something else than Kubernetes.',
  'id-conflict': 'Two resources of one build have the same kind, name and namespace.',
  'ignore-unused': 'A pattern under ignore leaves nothing out.',
  'invalid-policy': 'A ValidatingAdmissionPolicy does not compile, so it judges nothing.',
  'invalid-value': 'A value breaks a rule of the API server, which refuses the object.',
  'kubernetes-version-unknown': 'Nothing is known of the Kubernetes version that was asked for.',
  'kustomization-cycle': 'Kustomizations use each other in a circle.',
  'kustomization-invalid': 'A kustomization.yaml is not one that kustomize accepts.',
  'kustomization-missing': 'A directory that is used as a kustomization has no kustomization.yaml.',
  'name-reference-ambiguous':
    'A reference by name matches several objects that kustomize would rename differently.',
  'not-admitted': 'The API server refuses the object.',
  'not-json': 'A value or a key has no form in JSON, which the API server reads.',
  'not-utf8': 'A file is not UTF-8, so nobody can say what it holds.',
  'object-too-large': 'An object grows beyond the limit up to which it is built.',
  'parameters-unread': 'The configuration gives a rule parameters that it does not take.',
  'patch-invalid': 'A patch cannot be read or applied.',
  'patch-target-ambiguous': 'A patch matches several objects.',
  'patch-target-missing': 'A patch matches no object.',
  'path-outside-repository': 'A path leads out of the repository, where nothing is opened.',
  'plugin-invalid': 'The configuration of a kustomize plugin is not valid.',
  'plugin-not-executed':
    'A kustomization runs a plugin, which is not executed here, so the build is not whole.',
  'remote-not-fetched':
    'A kustomization names something remote, which is not fetched here, so the build is not whole.',
  'replacement-invalid': 'A replacement cannot be carried out.',
  'replica-target-missing': 'A replicas entry matches no object.',
  'required-field-missing': 'A field that the API server requires is missing.',
  'resource-invalid': 'A document is no Kubernetes object that kustomize accepts.',
  'rule-unknown': 'The configuration or the command line names a rule that does not exist.',
  'source-changed': 'Something that was fetched is not what cdb-lint.lock knows under its version.',
  'schema-missing':
    'A kind has no schema here, although --require-schemas or the configuration asks for one.',
  'selector-invalid': 'A selector of a patch or replacement cannot be read.',
  'suppression-expired': 'The day is past until which a finding was accepted.',
  'suppression-invalid':
    'A comment or annotation that accepts findings cannot be read, or names no rule that exists.',
  'suppression-too-broad': 'A comment or annotation accepts findings without naming their rule.',
  'suppression-unused': 'An exclusion, a comment or an annotation accepts a finding that is not there.',
  'too-deep': 'A file is nested more deeply than it is read.',
  'taken-for-list':
    'An object has `items`, of which kubectl, Flux and Argo CD send each one instead of the object itself.',
  'too-large': 'A file or run exceeds the limit up to which it is read.',
  'too-many-items': 'A list has more items than the API server allows.',
  'too-many-patches': 'The patches of a kustomization are applied more often than the limit allows.',
  'unknown-field': 'A field is not known to the API server, which would drop or refuse it.',
  'unsupported-value': 'A value is none of those that the API server knows.',
  'validator-changes-resources': 'A validator of a kustomization changes resources.',
  'value-not-found': 'A value refers to something in the object that is not there.',
  'value-too-long': 'A text is longer than the API server allows.',
  'variable-ambiguous': 'A vars entry matches several objects.',
  'variable-defined-twice': 'Two vars entries have one name.',
  'variable-without-object': 'A vars entry refers to an object that is not there.',
  'without-effect': 'The API server accepts a value, but drops, ignores or will soon refuse it.',
  'wrong-type': 'A value has another type than the API server reads, which refuses the object.',
  'yaml-syntax': 'A file is not YAML that can be read without doubt.',
};

/** The criterion of those that count in one. */
export const summaryCriteria: Readonly<Record<string, CriterionName>> = {
  'duplicate-value': 'admitted',
  'forbidden-field': 'admitted',
  'invalid-value': 'admitted',
  'not-admitted': 'admitted',
  'required-field-missing': 'admitted',
  'too-many-items': 'admitted',
  'unknown-field': 'admitted',
  'unsupported-value': 'admitted',
  'value-not-found': 'admitted',
  'value-too-long': 'admitted',
  'wrong-type': 'admitted',
};
