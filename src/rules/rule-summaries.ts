import type { CriterionName } from '../diagnostic/criterion.ts';

/** The pages of rules whose examples no manifest can show: of calls, of changes, and of limits. */
export const ruleSummaries: Readonly<Record<string, string>> = {
  'acknowledgement-stale':
    'An acknowledgement is of an earlier change, of another consequence, or past its last day.\n\n## Why\n\nIts digest speaks of one consequence: where more happens, or elsewhere, it is another one, and someone has to look again.\n\n## Good\n\nRun `cdb-lint plan` and copy the digest that it prints, or remove the entry once the change is merged.',
  'acknowledgement-unused':
    'An acknowledgement speaks of something that the change does not do.\n\n## Why\n\nAn entry that stays behind would accept the next change that does it.\n\n## Good\n\nRemove the entry from `acknowledged`, or the trailer from the commit.',
  'check-failed':
    'cdb-lint itself failed on a value, so something could not be checked; everything else is checked.\n\n## Why\n\nA bug of cdb-lint must not look like a clean repository: the run exits 2 and names the object.\n\n## Good\n\nReport it with the object, and accept nothing: all other findings are complete.',
  'environment-unknown':
    '--environment names an environment that cdb-lint.yaml does not.\n\n## Why\n\nA misspelt name would check nothing and look clean.\n\n## Good\n\n`cdb-lint --environment prod` for an entry `prod` under `environments`.',
  'file-unreadable':
    'A file or directory that was named cannot be read.\n\n## Why\n\nWhat cannot be read is not checked, so the run exits 2.\n\n## Good\n\nName a file or a directory of the repository, with the permission to read it.',
  'gate-weakened':
    'A change lets pass what the gate that checks it does not: by a setting, a suppression, a policy, or a file that leaves what is checked.\n\n## Why\n\nNo change decides by which rules it is checked itself. With a base, its configuration, baseline and policies count, and what the change would weaken is told for anyone who reviews it.\n\n## Good\n\nLet the one who owns the configuration change it, in a change of its own. See [the gate](../../../docs/gate.md).',
  'kubernetes-version-unknown':
    'Nothing is known of the Kubernetes version that was asked for.\n\n## Why\n\nEach version has fields and rules of its own, and a guess would be wrong somewhere.\n\n## Good\n\n`--kubernetes-version 1.36`, or `kubernetesVersion: "1.36"` in cdb-lint.yaml; `cdb-lint --help` names the range.',
  'name-reference-ambiguous':
    'A reference by name matches several objects that kustomize would rename differently.\n\n## Why\n\nkustomize fails rather than choosing one: two bases bring an object of one name, with different prefixes.\n\n## Good\n\nGive the reference the name that it has after the prefix, or the bases one prefix.',
  'not-admitted':
    'The API server refuses the object as a whole.\n\n## Why\n\nNo single field is wrong: the object cannot be decoded or defaulted, or there are more objects than a run takes.\n\n## Good\n\nThe message names the reason; correct it, and everything else about the object is checked as well.',
  'not-utf8':
    'A file is not UTF-8, so no one can say what it holds.\n\n## Why\n\nkubectl and kustomize read UTF-8. An editor that shows another encoding shows something else than what is deployed.\n\n## Good\n\nSave the file as UTF-8 without a byte order mark.',
  'object-too-large':
    'An object grows beyond the limit up to which it is built.\n\n## Why\n\nPatches and replacements that multiply lists can make an object of any size out of a few lines; the API server takes about 1.5 MB.\n\n## Good\n\nDivide the object, or the list that grows.',
  'patch-target-ambiguous':
    'A strategic merge patch without a target matches several objects.\n\n## Why\n\nkustomize fails rather than patching one of them.\n\n## Good\n\nWrite the namespace into the patch, or give it a `target`.',
  'source-changed':
    'Something that was fetched is not what cdb-lint.lock knows under its version.\n\n## Why\n\nA version that changes its content is either a mistake of its publisher or an attack.\n\n## Good\n\nLook at what changed, then write the lock again with `cdb-lint sources`.',
  'too-deep':
    'A file is nested more deeply than it is read.\n\n## Why\n\nNo manifest is nested a hundred levels deep; what is was made to exhaust a reader.\n\n## Good\n\nFlatten the document.',
  'too-large':
    'A file or a run exceeds the limit up to which it is read.\n\n## Why\n\nThe limits keep a hostile change from exhausting the machine that checks it; what lies beyond is not checked, so the run exits 2.\n\n## Good\n\nLeave data out with `ignore`, or divide the run by path.',
  'too-many-patches':
    'The patches of a kustomization are applied more often than the limit allows.\n\n## Why\n\nA patch without a narrow target is applied to every object; thousands of both exhaust the machine.\n\n## Good\n\nGive patches a `target`, or divide the kustomization.',
  'validator-changes-resources':
    'A validator of a kustomization changes resources.\n\n## Why\n\nkustomize runs validators last and refuses a build in which one of them changes something.\n\n## Good\n\nMove it to `transformers`.',
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
