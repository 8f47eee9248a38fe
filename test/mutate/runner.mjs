// Runs each test as it is, and then once more with each change that it reaches, until one of the tests fails with it. What was loaded stays
// loaded: a test that fails afterwards without a change, too, was spoilt by what a change left behind, and the rest waits for another thread.
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

  onAfterRunFiles(files) {
    const covered = Object.keys(this.state.mutantCoverage?.static ?? {});
    if (this.asked.active === undefined)
      for (const { filepath: file } of files) this.note({ file, covered, isSpoilt: this.isSpoilt });
    return super.onAfterRunFiles(files);
  }

  async runTask(test) {
    const run = TestRunner.getTestFn(test);
    if (this.asked.active !== undefined) return run();
    const id = idOf(test);
    await this.named(id, run);
    const hits = this.state.mutantCoverage?.perTest[id] ?? {};
    this.note({ file: test.file.filepath, test: id, covered: Object.keys(hits) });
    await this.named('changed', () => this.change(id, hits, run));
  }

  async named(id, run) {
    this.state.currentTestId = id;
    try {
      await run();
    } finally {
      this.state.currentTestId = undefined;
    }
  }

  async change(test, hits, run) {
    const left = Object.keys(hits).filter((one) => !this.done.has(one) && !this.tried.has(`${one} ${test}`));
    if (this.isSpoilt || left.length === 0 || !(await this.passes(run))) return;
    for (const mutant of left) {
      this.note({ running: mutant });
      const isNoticed = !(await this.passes(run, mutant, hits[mutant] * mostTurns + someTurns));
      const isClean = !isNoticed || (await this.passes(run));
      if (!isNoticed) this.note({ mutant, tried: test });
      else if (isClean || this.isFirst) {
        this.note({ mutant, noticed: test });
        this.done.add(mutant);
      }
      this.isFirst = false;
      this.isSpoilt = !isClean;
      if (this.isSpoilt) return;
    }
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
