// The policies of the catalogue as policies/base/ holds them: ID.yaml, a policy and its bindings, and ID.md, its page.
import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const folder = new URL('../policies/base/', import.meta.url);
const profileLabel = 'profile.cdb-lint.dev/';
const criterionLabel = 'cdb-lint.dev/criterion';

/** Every policy as {id, page, documents, profiles, criterion}, sorted by its id; labels are nobody's duty. */
export function policyFiles() {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPolicy(name.slice(0, -'.md'.length)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readPolicy(id) {
  const documents = parseAllDocuments(read(`${id}.yaml`)).map((document) => document.toJS());
  const labels = documents[0]?.metadata?.labels ?? {};
  const profiles = Object.keys(labels)
    .filter((label) => label.startsWith(profileLabel))
    .map((label) => label.slice(profileLabel.length));
  return { id, page: read(`${id}.md`), documents, profiles, criterion: labels[criterionLabel] };
}

function read(name) {
  return readFileSync(new URL(name, folder), 'utf8');
}
