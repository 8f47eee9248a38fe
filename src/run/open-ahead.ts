import { cataloguePolicies } from '../admit/content-question.ts';
import { askOfContents } from '../admit/judge.ts';
import type { SaidOfContents } from '../admit/said-of-contents.ts';
import { clusterTarget } from '../configuration/cluster-target.ts';
import type { Unit } from '../survey/unit.ts';
import { answersOf, openQuestions, sendQuestions } from './ask-ahead.ts';
import type { Crew } from './crew.ts';
import type { World } from './learn.ts';
import type { Run } from './run.ts';
import { noteQuestions } from './verdict.ts';

/** Has others find out what a run is going to ask, from the first unit on. */
export interface Ahead {
  /** Asks what a unit will most likely be asked once all policies and kinds are known; what nobody asks then has cost the time of a helper. */
  made(unit: Unit): void;
  /** Asks what the units are asked in their world, and nothing twice. */
  ask(world: World): SaidOfContents;
}

/** So many questions at once: each time costs something, too. */
const atOnce = 100;

export function openAhead(run: Run, crew: Crew): Ahead {
  const { configuration, options, kubernetesVersions } = run;
  const questions = openQuestions(run);
  const send = sendQuestions(questions, crew);
  const policies = cataloguePolicies(questions.choice);
  return {
    made({ build: { resources }, environment, hasPlaceholders, byFlux }) {
      if (!crew.mayGuess) return;
      const target = clusterTarget(configuration, environment, { ...options, kubernetesVersions });
      const { looseSchemas: looseKinds } = configuration;
      questions.collect((contents) => {
        const guessed = { ...target, policies, looseKinds, hasPlaceholders, contents };
        const asked = byFlux === undefined ? guessed : { ...guessed, byFlux };
        askOfContents(resources, asked, questions.isWorthAsking);
      });
      send(atOnce);
    },
    ask(world) {
      noteQuestions(questions, world, run);
      send();
      return answersOf(questions, crew, run.budgets);
    },
  };
}
