/** Whether a function of text/template or sprig 3 has this name, as ApplicationSets have them: none that asks the world. */
export function isKnownFunction(name: string): boolean {
  return known.has(name);
}

/** How many arguments a function takes, undefined where that varies. */
export function argumentCount(name: string): number | undefined {
  return counts.get(name);
}

const known = new Set(
  `abbrev abbrevboth add add1 add1f addf adler32sum ago all and any append atoi b32dec b32enc b64dec b64enc base bcrypt biggest
  buildCustomCert call camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify date_in_zone
  date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf duration durationRound empty encryptAES
  eq ext fail first float64 floor fromJson fromYaml fromYamlArray ge genCA genCAWithKey genPrivateKey genSelfSignedCert
  genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get gt has hasKey hasPrefix hasSuffix hello html htmlDate
  htmlDateInZone htpasswd indent index initial initials int int64 isAbs join js kebabcase keys kindIs kindOf last le len list lower
  lt max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst
  mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll
  mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToJson
  mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify ne nindent normalize nospace not now omit or osBase osClean
  osDir osExt osIsAbs pick pluck plural prepend print printf println push quote randAlpha randAlphaNum randAscii randBytes randInt
  randNumeric regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace rest
  reverse round semver semverCompare seq set sha1sum sha256sum sha512sum shuffle slice slugify snakecase sortAlpha split splitList
  splitn squote sub subf substr swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings toYaml trim
  trimAll trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper
  urlJoin urlParse urlquery uuidv4 values without wrap wrapWith`.split(/\s+/u),
);

const counts = new Map(
  Object.entries({
    1: `add1 atoi b64dec b64enc camelcase compact deepCopy empty first float64 fromJson fromYaml fromYamlArray initial int int64
    kebabcase kindOf last len lower normalize nospace not rest reverse sha256sum snakecase sortAlpha title toJson toString
    toStrings toYaml trim uniq until untitle upper values`,
    2: `append contains div ge get gt has hasKey hasPrefix hasSuffix indent join kindIs le lt mod ne nindent prepend repeat split
    splitList sub trimAll trimPrefix trimSuffix trunc`,
    3: 'replace substr ternary untilStep',
  }).flatMap(([count, names]) =>
    names
      .trim()
      .split(/\s+/u)
      .map((name) => [name, Number(count)] as const),
  ),
);
