// Runs the tests of a file as they are, and then with each change those that reach it, until one fails. What was loaded stays loaded: a test
// that fails afterwards without a change, too, was spoilt by what a change left behind, and the rest waits for another thread.
import { appendFileSync } from 'node:fs';
import { TestRunner } from 'vitest';

/** More often than this, for each time that it is reached without a change, a changed expression is only reached in an endless loop. */
const mostTurns = 20;
const someTurns = 10_000;

export default class extends TestRunner {
  constructor(config) {
    super(config);
    this.asked = this.injectValue('mutation');
    this.done = new Set(this.asked.done);
    this.tried = new Set(this.asked.tried);
    this.tests = [];
    this.isFirst = true;
    this.isSpoilt = false;
    this.state = { activeMutant: this.asked.active };
    globalThis.__stryker__ = this.state;
  }

  note(what) {
    appendFileSync(this.asked.notes, `${JSON.stringify(what)}\n`);
  }

  onBeforeRunTask(test) {
    if (this.asked.only !== undefined && !this.asked.only.includes(idOf(test))) test.mode = 'skip';
    return super.onBeforeRunTask(test);
  }

  async onAfterRunFiles(files) {
    if (this.asked.active === undefined) {
      const covered = Object.keys(this.state.mutantCoverage?.static ?? {});
      this.file = files[0]?.filepath;
      await this.named('changed', () => this.changeAll());
      this.note({ file: this.file, covered, isSpoilt: this.isSpoilt });
    }
    return super.onAfterRunFiles(files);
  }

  async runTask(test) {
    const run = TestRunner.getTestFn(test);
    if (this.asked.active !== undefined) return run();
    const id = idOf(test);
    await this.named(id, run);
    const hits = this.state.mutantCoverage?.perTest[id] ?? {};
    this.note({ file: test.file.filepath, test: id, covered: Object.keys(hits) });
    this.tests.push({ id, run, hits });
  }

  async named(id, run) {
    this.state.currentTestId = id;
    try {
      await run();
    } finally {
      this.state.currentTestId = undefined;
    }
  }

  /** What reaches few changes is made for them; what noticed the last one most often notices the next one. */
  async changeAll() {
    const sizes = new Map(this.tests.map((one) => [one, Object.keys(one.hits).length]));
    this.tests.sort((one, other) => sizes.get(one) - sizes.get(other));
    const mutants = new Set(this.tests.flatMap(({ hits }) => Object.keys(hits)));
    for (const mutant of [...mutants].sort((one, other) => one - other))
      if (!this.isSpoilt && !this.done.has(mutant) && !this.tried.has(`${mutant} ${this.file}`))
        await this.change(mutant);
  }

  async change(mutant) {
    this.note({ running: mutant });
    for (const test of this.tests.filter(({ hits }) => mutant in hits)) {
      test.isRepeatable ??= await this.passes(test.run);
      if (!test.isRepeatable) continue;
      if (await this.passes(test.run, mutant, test.hits[mutant] * mostTurns + someTurns)) continue;
      this.isSpoilt = !(await this.passes(test.run));
      if (!this.isSpoilt || this.isFirst) this.note({ mutant, noticed: test.id });
      this.isFirst = false;
      this.tests = [test, ...this.tests.filter((one) => one !== test)];
      return;
    }
    this.isFirst = false;
    this.note({ mutant, tried: this.file });
  }

  async passes(run, mutant, limit) {
    Object.assign(this.state, { activeMutant: mutant, hitLimit: limit, hitCount: mutant && 0 });
    try {
      await run();
      return mutant === undefined || this.state.hitCount <= limit;
    } catch {
      return false;
    } finally {
      this.state.activeMutant = undefined;
    }
  }
}

function idOf(test) {
  const names = [];
  for (let one = test; one !== undefined; one = one.suite) names.unshift(one.name);
  return `${test.file.filepath} ${names.join(' > ')}`;
}
