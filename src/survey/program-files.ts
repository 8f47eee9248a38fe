/** Programs, and what other tools are told in languages of their own: any of them may complete, or make, what stands here. */
export const programFile =
  /\.(?:go|py|[cm]?[jt]sx?|java|kts?|scala|groovy|rs|rb|cs|fs|php|cc?|cpp|swift|exs?|jsonnet|libsonnet|cue|tf|hcl|pkl|rego)$/iu;

/** Files beside scripts and guides that hold commands: recipes, tasks, other guides, and scripts without an extension, by their folder. */
export const recipeFile =
  /(?:^|\/)(?:(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|Jenkinsfile|Tiltfile|Earthfile|\.?mise\.toml|[\w.-]+\.(?:mk|just|adoc|rst|fish|nix)|(?:hack|scripts?|bin|tools)\/[a-z][\w-]*)$/u;
