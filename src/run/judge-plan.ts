import { newBuildMemory } from '../build/build-memory.ts';
import type { Base } from '../source/open-base.ts';
import { type AcknowledgingText, acknowledge } from './acknowledge.ts';
import { wholeChange } from './change-by-base.ts';
import { type GatedChange, judgeGate, type NamedBase } from './gate.ts';
import { planReport } from './plan-report.ts';
import type { LintOptions } from './request.ts';

/** What a change brings, and what it does to each cluster, as far as neither its commit nor `texts` acknowledge it. */
export function judgePlan(
  options: LintOptions,
  before: Base & NamedBase,
  texts: readonly AcknowledgingText[] = [],
): GatedChange {
  const shared = { ...options, memory: options.memory ?? newBuildMemory() };
  const { base, head, report } = judgeGate(shared, before);
  const names = { base: { name: before.name }, head: { name: before.head?.slice(0, 7) ?? 'working tree' } };
  const ofCommit = before.message === undefined ? [] : [{ where: 'the commit', text: before.message }];
  const meant = acknowledge({
    change: wholeChange(shared, { base, head, names }),
    base,
    head,
    texts: [...ofCommit, ...texts],
    ...(options.now === undefined ? {} : { today: options.now.toISOString().slice(0, 10) }),
  });
  return { base, head, report: planReport(report, meant) };
}
