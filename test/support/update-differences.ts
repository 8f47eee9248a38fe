/** Updates that we judge otherwise than the server in the record, each with the reason. */
export const knownUpdateDifferences: ReadonlyMap<string, string> = new Map([
  [
    'crd.0.change.spec.scope.1bbb91',
    'the definition was not established yet when the record was made; scope is immutable from then on',
  ],
]);

/** Kinds whose generation does not follow their spec. */
export const oddGenerations: ReadonlyMap<string, string> = new Map([
  ['EndpointSlice', 'a change of its labels raises it as well'],
  ['PriorityClass', 'it stays what it was on create'],
]);
