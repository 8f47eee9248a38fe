import { configurationNames } from '../configuration/configuration-names.ts';
import { placeUrls } from '../report/finding/place-url.ts';
import type { PageFacts, PageOptions } from '../report/html/page-options.ts';
import { codeOwnersPaths, readCodeOwners } from '../source/code-owners.ts';
import type { Repository } from '../source/working-directory.ts';
import type { Io } from './io.ts';
import { guessedTemplate, linkTemplateOf, ruleUrlOf, webAddress } from './link-template.ts';

/** What a page says beside the report: what it is of, where its lines can be read, and who owns the files. */
export function pageOptions(repository: Repository, io: Io, template: string | undefined): PageOptions {
  const checkout = repository.checkout();
  const { commit } = checkout;
  const urlOf = placeUrls(
    template ?? linkTemplateOf(io.variables) ?? guessedTemplate(checkout.remote, commit),
  );
  const ownersOf = ownersIn(repository);
  const facts = factsOf(repository, io);
  return { facts, urlOf, ruleUrl: ruleUrlOf(io.variables), ...(ownersOf === undefined ? {} : { ownersOf }) };
}

function factsOf({ checkout, fileSystem }: Repository, io: Io): PageFacts {
  const { remote, commit, branch } = checkout();
  const { GITHUB_REPOSITORY, GITHUB_SHA, GITHUB_HEAD_REF, GITHUB_REF_NAME, CI_PROJECT_PATH } = io.variables;
  const facts = {
    repository:
      GITHUB_REPOSITORY ?? CI_PROJECT_PATH ?? (remote === undefined ? undefined : webAddress(remote)),
    commit: GITHUB_SHA ?? commit,
    branch: nonEmpty(GITHUB_HEAD_REF) ?? GITHUB_REF_NAME ?? branch,
    date: `${io.now().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    version: io.version,
    configuration: configurationNames.find((name) => fileSystem.kind(name) === 'file'),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function ownersIn({ fileSystem }: Repository): ((path: string) => readonly string[]) | undefined {
  const file = codeOwnersPaths.find((path) => fileSystem.kind(path) === 'file');
  const bytes = file === undefined ? 'missing' : fileSystem.read(file);
  return typeof bytes === 'string' ? undefined : readCodeOwners(new TextDecoder().decode(bytes));
}
