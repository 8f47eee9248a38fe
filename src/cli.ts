import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import type { Profile } from './admit/policy/built-in.ts';
import type { Build, BuildOptions } from './build/build.ts';
import { type FormatName, formatNames } from './command/options.ts';
import { type Invocation, isUsageProblem, meantCommand, parseArguments } from './command/parse-arguments.ts';
import { usage } from './command/usage.ts';
import type { AppliedBy } from './configuration/configuration.ts';
import { readVersions } from './configuration/kubernetes-versions.ts';
import { nearest } from './configuration/nearest.ts';
import type { Diagnostic } from './diagnostic/diagnostic.ts';
import type { LintOptions } from './lint.ts';
import type { FailOn, Report } from './report/report.ts';
import type { TerminalOptions } from './report/terminal.ts';
import { guardWorkflowCommands, visible } from './report/visible.ts';
import { diskFileSystem } from './source/disk.ts';
import type { Sources } from './source/load.ts';

type ExitCode = 0 | 1 | 2;

/** Runs the command that the arguments name; every path to the end leads through its exit code. */
async function main(argv: readonly string[]): Promise<ExitCode> {
  const invocation = parseArguments(argv);
  if (isUsageProblem(invocation)) return complain(invocation.problem, invocation.help);
  if (invocation.has('help')) return say(usage(invocation.command));
  if (invocation.has('version')) return say(`${packageJson.version}\n`);
  switch (invocation.command.name) {
    case 'admit':
      return runAdmit(invocation);
    case 'render':
      return runRender(invocation);
    case 'blame':
      return runBlame(invocation);
    case 'graph':
      return runGraph(invocation);
    case 'test':
      return runTests(invocation);
    case 'init':
      return runInit(invocation);
    case 'explain':
    case 'rules':
      return runRules(invocation);
    default:
      return runLint(invocation);
  }
}

async function runLint(invocation: Invocation): Promise<ExitCode> {
  const outputs = readFormats(invocation.options('format'));
  if ('problem' in outputs) return complain(outputs.problem, outputs.help);
  const operands = invocation.operands.length > 0 ? invocation.operands : ['.'];
  const unknown = operands.find((operand) => !existsSync(operand));
  const meant = unknown === undefined ? undefined : meantCommand(unknown);
  if (unknown !== undefined && meant !== undefined)
    return complain(`${unknown} is neither a path nor a command`, `did you mean "cdb-lint ${meant}"?`);
  const target = readTarget(invocation);
  if ('problem' in target) return complain(target.problem, target.help);
  const root = repositoryRoot(operands[0] ?? '.', invocation.option('root'));
  const { lint } = await import('./lint.ts');
  const config = invocation.option('config');
  const baseline = invocation.option('baseline');
  const isUpdate = invocation.has('update-baseline');
  if (isUpdate && baseline === undefined)
    return complain('--update-baseline needs to know the file', 'add --baseline FILE');
  const profile = invocation.option('profile');
  const report = lint({
    fileSystem: diskFileSystem(root),
    paths: operands.map((operand) => insideRoot(root, operand)),
    only: invocation.options('only'),
    skip: invocation.options('skip'),
    environments: invocation.options('environment'),
    now: new Date(),
    ...target,
    ...(profile === undefined ? {} : { profile: profile as Profile }),
    ...(config === undefined ? {} : { configuration: insideRoot(root, config) }),
    ...(baseline === undefined || (isUpdate && !existsSync(baseline))
      ? {}
      : { baseline: insideRoot(root, baseline) }),
  });
  const exitCode = await printReport(report, outputs);
  const isPrinted = exitCode === report.exitCode;
  return isUpdate && isPrinted && baseline !== undefined ? updateBaseline(report, baseline) : exitCode;
}

async function runAdmit(invocation: Invocation): Promise<ExitCode> {
  const outputs = readFormats(invocation.options('format'));
  if ('problem' in outputs) return complain(outputs.problem, outputs.help);
  const target = readTarget(invocation);
  if ('problem' in target) return complain(target.problem, target.help);
  const { operands } = invocation;
  const root = repositoryRoot(operands.find((one) => one !== '-') ?? '.', invocation.option('root'));
  const { admit } = await import('./lint.ts');
  const { withFile } = await import('./source/overlay.ts');
  const disk = diskFileSystem(root);
  const report = admit({
    fileSystem: operands.includes('-') ? withFile(disk, 'stdin', await readStandardInput()) : disk,
    paths: operands.map((operand) => (operand === '-' ? 'stdin' : insideRoot(root, operand))),
    ...target,
  });
  return printReport(report, outputs);
}

/** Read as it comes: a pipe that is not ready yet makes a synchronous read fail. */
async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** What lint and admit share: for whom to judge, and from when on to fail. */
function readTarget(
  invocation: Invocation,
): { problem: string; help: string } | Pick<LintOptions, 'kubernetesVersions' | 'appliedBy' | 'failOn'> {
  const versions = readVersions(invocation.options('kubernetes-version'));
  if ('problem' in versions) return versions;
  const appliedBy = invocation.option('applied-by');
  return {
    kubernetesVersions: versions,
    failOn: (invocation.option('fail-on') ?? 'error') as FailOn,
    ...(appliedBy === undefined ? {} : { appliedBy: appliedBy as AppliedBy }),
    ...(invocation.has('require-schemas') ? { requireSchemas: true } : {}),
  };
}

async function printReport(report: Report, outputs: readonly Output[]): Promise<ExitCode> {
  const { rulePages } = await import('./lint.ts');
  const pages = outputs.some(({ name }) => name === 'sarif') ? rulePages() : new Map<string, string>();
  for (const { name, file } of outputs) {
    const text = await format(report, name, pages, file === undefined);
    if (file === undefined) process.stdout.write(text);
    else if (!writeReport(file, text)) return 2;
  }
  return report.exitCode;
}

/** A baseline of a run that could not check everything would call known what nobody has seen. */
async function updateBaseline(report: Report, file: string): Promise<ExitCode> {
  if (report.exitCode === 2)
    return complain(`${file} is not written`, 'something could not be checked, see the report');
  const { writeBaseline } = await import('./report/baseline.ts');
  return writeReport(file, writeBaseline(report, new Date().toISOString().slice(0, 10))) ? 0 : 2;
}

function writeReport(file: string, text: string): boolean {
  try {
    writeFileSync(file, text);
    return true;
  } catch (error) {
    complain(`cannot write ${file}`, error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function format(
  report: Report,
  name: FormatName,
  pages: ReadonlyMap<string, string>,
  toStandardOutput: boolean,
): Promise<string> {
  const { formatReport } = await import('./report/format.ts');
  const terminal = terminalOptions(process.stdout);
  const text = formatReport(report, name, {
    pages,
    terminal: toStandardOutput ? terminal : { ...terminal, colours: false, width: 120 },
  });
  // The other formats cannot hold a command, or are made of them.
  const isGuarded = name === 'markdown' && toStandardOutput && terminal.guardCommands;
  return isGuarded ? guardWorkflowCommands(text) : text;
}

function terminalOptions(stream: NodeJS.WriteStream): TerminalOptions {
  return {
    colours: wantsColours(stream),
    width: stream.columns ?? 120,
    guardCommands: process.env['GITHUB_ACTIONS'] === 'true',
  };
}

/** https://no-color.org and https://force-color.org: set and not empty. */
function wantsColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

interface Output {
  readonly name: FormatName;
  readonly file?: string;
}

function readFormats(wanted: readonly string[]): Output[] | { problem: string; help: string } {
  const outputs: Output[] = [];
  for (const text of wanted.length > 0 ? wanted : ['terminal']) {
    const equals = text.indexOf('=');
    const word = equals < 0 ? text : text.slice(0, equals);
    const name = formatNames.find((one) => one === word);
    if (name === undefined) {
      const close = nearest(word, formatNames);
      const help = close === undefined ? `formats are ${formatNames.join(', ')}` : `did you mean "${close}"?`;
      return { problem: `unknown format "${word}"`, help };
    }
    outputs.push(equals < 0 ? { name } : { name, file: text.slice(equals + 1) });
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    return {
      problem: 'two formats want standard output',
      help: 'give all but one a file: --format json=report.json',
    };
  return outputs;
}

/** The nearest folder with .git above the working directory or else above `path`; without one the working directory. */
function repositoryRoot(path: string, given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  const start = resolve(path);
  const here = process.cwd();
  for (const from of [here, start]) {
    const root = folderWithGit(from);
    if (root !== undefined && isInside(root, start)) return root;
  }
  if (isInside(here, start) || !existsSync(start)) return here;
  return statSync(start).isDirectory() ? start : dirname(start);
}

function folderWithGit(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(resolve(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function insideRoot(root: string, path: string): string {
  return relative(root, resolve(path)).split(sep).join('/');
}

/** Prints what `kustomize build` prints; of a root that would fail nothing at all. */
async function runRender(invocation: Invocation): Promise<ExitCode> {
  const opened = await openRendering(invocation);
  const text = await documentsText(invocation.has('origins'));
  if (invocation.has('all')) return renderAll(opened, text);
  const build = await reportedBuild(opened.build(opened.directory));
  if (build === undefined) return 2;
  process.stdout.write(text(build));
  return 0;
}

/** Prints what applies what, and what waits for what. */
async function runGraph(invocation: Invocation): Promise<ExitCode> {
  const directory = invocation.operands[0] ?? '.';
  const root = repositoryRoot(directory, invocation.option('root'));
  const { openBuilder } = await import('./build/build.ts');
  const { findEntryPoints } = await import('./configuration/entry-points.ts');
  const { repositoryOf } = await import('./reconcile/deployment.ts');
  const { discover } = await import('./reconcile/discover.ts');
  const { drawClusters } = await import('./reconcile/draw.ts');
  const { openSources } = await import('./source/load.ts');
  const sources = openSources(diskFileSystem(root));
  const paths = [insideRoot(root, directory)];
  const found = findEntryPoints(sources, { paths, environments: [], selected: [] });
  await reportFindings(found.diagnostics);
  const { clusters } = discover(sources, repositoryOf(found), openBuilder(sources));
  if (clusters.length === 0)
    return complain(
      `neither Flux nor Argo CD deploys anything below ${directory}`,
      'name a directory with their objects',
    );
  const format = invocation.option('format') === 'dot' ? 'dot' : 'mermaid';
  process.stdout.write(drawClusters(clusters, format));
  return found.diagnostics.length > 0 ? 2 : 0;
}

/** Prints every root below a directory; what one of them cannot say keeps no other one from being printed. */
async function renderAll(
  { directory, sources, build }: Rendering,
  text: (build: Build) => string,
): Promise<ExitCode> {
  const { findEntryPoints } = await import('./configuration/entry-points.ts');
  const found = findEntryPoints(sources, { paths: [directory], environments: [], selected: [] });
  await reportFindings(found.diagnostics);
  let failed = found.diagnostics.length > 0;
  let mark = '#';
  for (const { root } of found.roots) {
    const built = await reportedBuild(build(root));
    if (built === undefined) failed = true;
    else process.stdout.write(`${mark} ${visible(root || '.')}\n${text(built)}`);
    if (built !== undefined) mark = '---\n#';
  }
  if (found.roots.length > 0 || failed) return failed ? 2 : 0;
  return complain(`there is no kustomization below ${directory || '.'}`, 'name a directory that holds one');
}

async function documentsText(withOrigins: boolean): Promise<(build: Build) => string> {
  if (withOrigins) {
    const { blameResource } = await import('./build/blame.ts');
    const { originsReport } = await import('./report/blame.ts');
    return ({ resources }) => resources.map((each) => originsReport(blameResource(each))).join('---\n');
  }
  const { emitDocuments } = await import('./build/emit.ts');
  return ({ resources }) => emitDocuments(resources.map(({ object }) => object));
}

/** Prints an object with the line that set each value, or every layer of one field. */
async function runBlame(invocation: Invocation): Promise<ExitCode> {
  const [directory = '', wanted = '', field] = invocation.operands;
  const build = await buildOperand(invocation);
  if (build === undefined) return 2;
  const { blameResource, blamedField, findResources } = await import('./build/blame.ts');
  const report = await import('./report/blame.ts');
  const found = findResources(build.resources, wanted);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    const names = (found.length > 1 ? found : findResources(build.resources, '')).map(({ label }) => label);
    return complain(
      `${found.length === 0 ? 'nothing' : 'more than one object'} in ${directory} is ${wanted}`,
      `name one of ${names.slice(0, 20).join(', ')}`,
    );
  }
  if (field === undefined) {
    process.stdout.write(report.blameReport(blameResource(resource.resource)));
    return 0;
  }
  const blamed = blamedField(resource.resource, field);
  if (blamed === undefined)
    return complain(`${wanted} has no field ${field}`, 'write it as spec.containers[0].image');
  process.stdout.write(report.historyReport(blamed));
  return 0;
}

/** Builds the directory that the first operand names; says what is wrong with it, and gives nothing where it fails. */
async function buildOperand(invocation: Invocation): Promise<Build | undefined> {
  const { directory, build } = await openRendering(invocation);
  return reportedBuild(build(directory));
}

interface Rendering {
  readonly sources: Sources;
  /** The first operand, relative to the repository's root. */
  readonly directory: string;
  build(root: string): Build;
}

async function openRendering(invocation: Invocation): Promise<Rendering> {
  const operand = invocation.operands[0] ?? '.';
  const root = repositoryRoot(operand, invocation.option('root'));
  const { openBuilder } = await import('./build/build.ts');
  const { openSources } = await import('./source/load.ts');
  const reorder = invocation.option('reorder');
  const loadRestrictor = invocation.option('load-restrictor');
  const options: BuildOptions = {
    managedByLabel: invocation.has('enable-managedby-label'),
    ...(reorder === 'none' || reorder === 'legacy' ? { reorder } : {}),
    ...(loadRestrictor === 'none' || loadRestrictor === 'root-only' ? { loadRestrictor } : {}),
  };
  const sources = openSources(diskFileSystem(root));
  // Without knowing where values come from, merges do not know how they were written either, and render them differently.
  const builder = openBuilder(sources);
  return {
    sources,
    directory: insideRoot(root, operand),
    build: (directory) => builder.build(directory, options),
  };
}

/** Says what is wrong with a build; nothing of one that failed is handed on. */
async function reportedBuild(build: Build): Promise<Build | undefined> {
  await reportFindings(build.diagnostics);
  return build.complete ? build : undefined;
}

async function reportFindings(diagnostics: readonly Diagnostic[]): Promise<void> {
  if (diagnostics.length === 0) return;
  const { terminalFindings } = await import('./report/terminal.ts');
  process.stderr.write(terminalFindings(diagnostics, terminalOptions(process.stderr)));
}

/** Tests the policies below a directory by their pages. */
async function runTests(invocation: Invocation): Promise<ExitCode> {
  const directory = invocation.operands[0] ?? 'policies';
  if (!existsSync(directory))
    return complain(`there is no directory ${directory}`, 'name the one of your policies');
  const root = repositoryRoot(directory, invocation.option('root'));
  const { testPolicies } = await import('./admit/page/test-policies.ts');
  const { openSources } = await import('./source/load.ts');
  const tested = testPolicies(
    openSources(diskFileSystem(root)),
    insideRoot(root, directory),
    invocation.option('kubernetes-version'),
  );
  const { failuresIn, policyTestsReport } = await import('./report/policy-tests.ts');
  if (tested.tests.length > 0) process.stdout.write(policyTestsReport(tested));
  if (tested.diagnostics.length > 0) {
    const { terminalFindings } = await import('./report/terminal.ts');
    process.stderr.write(terminalFindings(tested.diagnostics, terminalOptions(process.stderr)));
    return 2;
  }
  if (tested.tests.length === 0)
    return complain(
      `no ValidatingAdmissionPolicy below ${directory}`,
      'write one with "cdb-lint init policy NAME"',
    );
  return failuresIn(tested) > 0 ? 1 : 0;
}

/** Writes a policy that works and its page; what is there already stays. */
async function runInit(invocation: Invocation): Promise<ExitCode> {
  const [what = '', name = '', directory = 'policies'] = invocation.operands;
  const { policyNamePattern, policySkeleton } = await import('./command/policy-skeleton.ts');
  if (what !== 'policy') return complain(`cannot write a ${what}`, 'write cdb-lint init policy NAME');
  if (!policyNamePattern.test(name))
    return complain(
      `"${name}" is no name for a policy`,
      'name the defect in small letters with dashes: team-label-missing',
    );
  const files = policySkeleton(name).map((file) => ({ ...file, path: join(directory, file.name) }));
  const present = files.find(({ path }) => existsSync(path));
  if (present !== undefined) return complain(`${present.path} is there already`, 'take another name');
  mkdirSync(directory, { recursive: true });
  for (const { path, text } of files) if (!writeReport(path, text)) return 2;
  const names = files.map(({ path }) => `wrote ${path}\n`).join('');
  return say(`${names}Change both, and run: cdb-lint test ${directory}\n`);
}

async function runRules(invocation: Invocation): Promise<ExitCode> {
  const { rulePages } = await import('./lint.ts');
  const { explainRule, listRules } = await import('./report/explain.ts');
  const pages = rulePages();
  const [name] = invocation.operands;
  if (name === undefined) return say(listRules(pages));
  const page = explainRule(pages, name);
  if (page !== undefined) return say(page);
  const close = nearest(name, [...pages.keys()]);
  const help = close === undefined ? 'see cdb-lint rules' : `did you mean "${close}"?`;
  return complain(`there is no rule "${name}"`, help);
}

function say(text: string): ExitCode {
  process.stdout.write(text);
  return 0;
}

function complain(problem: string, help: string): ExitCode {
  process.stderr.write(guardWorkflowCommands(`cdb-lint: ${visible(problem)}\n  ${visible(help)}\n`));
  return 2;
}

/** Whoever pipes into `head` closes the pipe early, which is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.exitCode = 2;
    const details = process.env['CDB_LINT_DEBUG'] === '1' && error instanceof Error ? error.stack : undefined;
    const words = error instanceof Error ? error.message : String(error);
    process.stderr.write(`cdb-lint: this is a bug in cdb-lint: ${visible(words)}\n${details ?? ''}`);
  },
);
