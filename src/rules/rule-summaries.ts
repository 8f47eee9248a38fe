import type { CriterionName } from '../diagnostic/criterion.ts';

/** The pages of rules whose examples no manifest can show: of calls, of changes, and of limits. */
export const ruleSummaries: Readonly<Record<string, string>> = {
  'acknowledgement-stale':
    'An acknowledgement is for an earlier change or a different effect, or has expired.\n\n## Why\n\nIts digest identifies one effect. If the effect or the affected objects change, the digest changes, and the effect must be reviewed again.\n\n## Good\n\nRun `cdb-lint plan` and copy the digest that it prints, or remove the entry once the change is merged.',
  'acknowledgement-unused':
    'An acknowledgement is for an effect that the change does not have.\n\n## Why\n\nIf the entry stays, it also acknowledges a later change with this effect.\n\n## Good\n\nRemove the entry from `acknowledged`, or the trailer from the commit.',
  'build-failed':
    'kustomize cannot build a directory, for a reason that no other rule covers.\n\n## Why\n\nkustomize writes nothing for a directory that it cannot build, and the controller keeps what it applied before.\n\n## Good\n\nThe message gives the reason and, where there is one, the fix. Once it is fixed, the objects of the build are checked as well.',
  'check-failed':
    'cdb-lint itself failed on a value, so something could not be checked; everything else is checked.\n\n## Why\n\nA bug in cdb-lint must not look like a clean repository: the run exits 2 and names the object.\n\n## Good\n\nReport the bug with the object. Do not suppress it: all other findings are complete.',
  'environment-unknown':
    '--environment names an environment that is not in cdb-lint.yaml.\n\n## Why\n\nWith a misspelled name, nothing would be checked, and the run would appear to be clean.\n\n## Good\n\n`cdb-lint --environment prod` for an entry `prod` under `environments`.',
  'file-unreadable':
    'A file or directory on the command line cannot be read.\n\n## Why\n\nWhat cannot be read is not checked, so the run exits 2.\n\n## Good\n\nUse an existing, readable file or directory of the repository.',
  'gate-weakened':
    'A change weakens the gate that checks it: by a setting, a suppression, a policy, or a file that is no longer checked.\n\n## Why\n\nA change does not decide which rules check it. With a base, the configuration, baseline and policies of the base apply, and everything that the change would weaken is reported for its reviewers.\n\n## Good\n\nLet the owners of the configuration make that change separately. See [the gate](../../../docs/gate.md).',
  'kubernetes-version-unknown':
    'cdb-lint does not know the requested Kubernetes version.\n\n## Why\n\nEach version has its own fields and validation rules, and a guess would be wrong for some of them.\n\n## Good\n\n`--kubernetes-version 1.36`, or `kubernetesVersion: "1.36"` in cdb-lint.yaml; `cdb-lint --help` lists the supported range.',
  'name-reference-ambiguous':
    'A reference by name matches several objects that kustomize would rename differently.\n\n## Why\n\nkustomize fails instead of choosing one: two bases contain objects with the same name and add different prefixes.\n\n## Good\n\nUse the final name of the object, with its prefix, in the reference, or use the same prefix in both bases.',
  'not-admitted':
    'The API server rejects the object as a whole.\n\n## Why\n\nNo single field is invalid: the object cannot be decoded or defaulted, or the run has more objects than the limit.\n\n## Good\n\nThe message gives the reason. Once it is fixed, the rest of the object is checked as well.',
  'not-utf8':
    'A file is not UTF-8, so tools read it differently.\n\n## Why\n\nkubectl and kustomize read UTF-8. An editor with another encoding does not show what is deployed. For a UTF-16 file with a byte order mark, as PowerShell writes it, kustomize and Flux read the first document and silently drop the others, Argo CD reads all of them, and kubectl rejects most such files. cdb-lint reads it like the tool that deploys it.\n\n## Good\n\nSave the file as UTF-8 without a byte order mark.',
  'object-too-large':
    'An object grows beyond the size limit of a build.\n\n## Why\n\nPatches and replacements that multiply lists can turn a few lines into an object of any size. The API server accepts about 1.5 MB.\n\n## Good\n\nSplit the object, or the list that grows.',
  'patch-target-ambiguous':
    'A strategic merge patch without a target matches several objects.\n\n## Why\n\nkustomize fails instead of patching one of them.\n\n## Good\n\nSet the namespace in the patch, or use a `target`.',
  'source-changed':
    'A fetched source does not match the digest in cdb-lint.lock for its version.\n\n## Why\n\nIf the content of a version changes, this is either a mistake of its publisher or an attack.\n\n## Good\n\nReview what changed, then write the lock again with `cdb-lint sources --write-lock`.',
  'too-deep':
    'A file is nested more deeply than the limit.\n\n## Why\n\nManifests are never nested a hundred levels deep. Such a file is probably meant to exhaust a parser.\n\n## Good\n\nFlatten the document.',
  'too-large':
    'A file or a run exceeds a size limit.\n\n## Why\n\nThe limits keep a hostile change from exhausting the machine that checks it. What exceeds them is not checked, so the run exits 2.\n\n## Good\n\nExclude data with `ignore`, or split the run by path.',
  'too-many-patches':
    'The patches of a kustomization are applied more often than the limit.\n\n## Why\n\nA patch without a specific target is applied to every object, and thousands of both exhaust the machine.\n\n## Good\n\nGive the patches a `target`, or split the kustomization.',
  'validator-changes-resources':
    'A validator of a kustomization changes resources.\n\n## Why\n\nkustomize runs validators last, and fails the build if one of them changes something.\n\n## Good\n\nMove it to `transformers`.',
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
