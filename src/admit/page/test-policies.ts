import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { readPlainManifests } from '../../object/plain-manifests.ts';
import { groupVersionKind, nameOf, type Resource } from '../../object/resource.ts';
import { decodeText } from '../../source/decode-text.ts';
import type { Sources } from '../../source/load.ts';
import { compilePolicies } from '../policy/compile-policies.ts';
import { judgeCase } from './judge-case.ts';
import { type PageCase, type PageFile, readFile, readPage } from './page.ts';

/** What is not as a page says, at its line. */
export interface TestProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface CaseResult {
  readonly title: string;
  readonly problems: readonly TestProblem[];
}

export interface PolicyTest {
  readonly policy: string;
  readonly file: string;
  readonly cases: readonly CaseResult[];
  /** What is wrong with the page as a whole. */
  readonly problems: readonly TestProblem[];
}

export interface PolicyTests {
  readonly tests: readonly PolicyTest[];
  /** Policies that could not be tested, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

interface TestedPolicy {
  readonly name: string;
  readonly file: string;
  readonly documents: readonly Resource[];
}

/** Tests each policy below a directory by the page beside it, and by the fixtures in the directory of its name. */
export function testPolicies(sources: Sources, directory: string, kubernetesVersion: string): PolicyTests {
  const diagnostics: Diagnostic[] = [];
  const tests = yamlFilesBelow(sources, directory).flatMap((file) => {
    const { resources, diagnostics: unread } = readPlainManifests(sources, [file]);
    const policies = resources.filter(isPolicy);
    if (policies.length === 0) return [];
    const { diagnostics: uncompiled } = compilePolicies(resources, { kubernetesVersion });
    diagnostics.push(...unread, ...uncompiled);
    if (unread.length + uncompiled.length > 0) return [];
    return policies.map((policy) => {
      const name = nameOf(policy.object);
      return testPolicy(
        sources,
        { name, file, documents: documentsOf(name, policy, resources) },
        kubernetesVersion,
      );
    });
  });
  return { tests, diagnostics };
}

function isPolicy({ object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'admissionregistration.k8s.io' && kind === 'ValidatingAdmissionPolicy';
}

/** A policy, and what stands beside it in its file: bindings and parameters, but no other policy. */
function documentsOf(name: string, policy: Resource, resources: readonly Resource[]): Resource[] {
  return [policy, ...resources.filter((other) => !isPolicy(other) || nameOf(other.object) === name)].filter(
    (resource, index, all) => all.indexOf(resource) === index,
  );
}

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git']);

function yamlFilesBelow({ fileSystem }: Sources, directory: string, depth = 0): string[] {
  const entries = depth > 20 ? [] : (fileSystem.list(directory) ?? []);
  return entries.flatMap(({ name, kind }) => {
    const path = directory === '' || directory === '.' ? name : `${directory}/${name}`;
    if (kind === 'directory')
      return skipped.has(name) ? [] : yamlFilesBelow({ fileSystem } as Sources, path, depth + 1);
    return kind === 'file' && /\.ya?ml$/u.test(name) && !isKustomizationPath(name) ? [path] : [];
  });
}

function testPolicy(sources: Sources, policy: TestedPolicy, kubernetesVersion: string): PolicyTest {
  const { name, file, documents } = policy;
  const folder = file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : '';
  const pageFile = `${folder}${name}.md`;
  const text = textOf(sources, pageFile);
  const fixtures = fixturesIn(sources, `${folder}${name}`);
  const page = text === undefined ? undefined : readPage(text);
  const problems: TestProblem[] = [];
  const say = (message: string) =>
    problems.push({ file: text === undefined ? file : pageFile, line: 1, message });
  if (page === undefined && fixtures.length === 0)
    say(`no case tests ${name}: write ${pageFile}, as \`cdb-lint init policy NAME\` does`);
  if (page !== undefined && page.id !== name)
    say(`the title of the page is "${page.id}", but its policy is ${name}`);
  for (const section of page === undefined ? [] : ['Why', 'Bad', 'Good'])
    if (page?.sections.includes(section) === false) say(`the page has no section "${section}"`);
  for (const isBad of page === undefined ? [] : [true, false])
    if (page?.cases.every((one) => one.isBad !== isBad) === true)
      say(`the page has no case under "${isBad ? 'Bad' : 'Good'}"`);
  const cases = (page?.cases ?? []).map((one) => ({ file: pageFile, one }));
  return {
    policy: name,
    file: pageFile,
    problems,
    cases: [...cases, ...fixtures].map(({ file: at, one }) => ({
      title: one.title,
      problems: testCase(documents, at, one, kubernetesVersion),
    })),
  };
}

/** Each file of the directory is a case: a bad one where it has marks, else a good one. */
function fixturesIn(sources: Sources, directory: string): { file: string; one: PageCase }[] {
  return yamlFilesBelow(sources, directory).flatMap((path) => {
    const text = textOf(sources, path);
    if (text === undefined) return [];
    const file = readFile(path, text.replace(/\n$/u, '').split('\n'), 1);
    return [{ file: path, one: { title: path, isBad: file.marks.length > 0, line: 1, files: [file] } }];
  });
}

function textOf(sources: Sources, path: string): string | undefined {
  const bytes = sources.bytes(path);
  if (typeof bytes === 'string') return undefined;
  const decoded = decodeText(path, bytes);
  return 'file' in decoded ? decoded.file.text : undefined;
}

/** Compares what a case finds with its marks, line by line. */
function testCase(
  documents: readonly Resource[],
  at: string,
  { isBad, files, line }: PageCase,
  kubernetesVersion: string,
): TestProblem[] {
  if (files.length === 0)
    return [{ file: at, line, message: 'the case has no file: write `name.yaml`: and a yaml code block' }];
  const marks = files.flatMap((file) => file.marks.map((mark) => ({ file, mark })));
  if (isBad && marks.length === 0)
    return [{ file: at, line, message: 'a bad case must mark the faulty line: # error: [policy] "words"' }];
  const open = judgeCase(documents, files, kubernetesVersion).map((finding) => ({
    finding,
    line: finding.span.file.text.slice(0, finding.span.start).split('\n').length,
  }));
  const problems: TestProblem[] = [];
  for (const { file, mark } of marks) {
    const index = open.findIndex(
      (one) =>
        one.finding.span.file.path === file.path &&
        one.line === mark.line &&
        one.finding.rule === mark.rule &&
        one.finding.severity === mark.severity &&
        one.finding.message.includes(mark.message),
    );
    if (index >= 0) open.splice(index, 1);
    else
      problems.push({
        file: at,
        line: file.firstLine + mark.line - 1,
        message: `expected ${mark.severity}: [${mark.rule}] "${mark.message}" here, but it is not reported`,
      });
  }
  const unmarked = open.map(({ finding, line: found }) => ({
    file: at,
    line: lineInPage(files, finding, found),
    message: `this finding has no mark: ${finding.severity}: [${finding.rule}] "${finding.message}"`,
  }));
  return [...problems, ...unmarked].toSorted((a, b) => a.line - b.line);
}

function lineInPage(files: readonly PageFile[], { span }: Diagnostic, line: number): number {
  const file = files.find(({ path }) => path === span.file.path) ?? files[0];
  return (file?.firstLine ?? 1) + line - 1;
}
