import { describe, expect, it } from 'vitest';
import { knownTokens } from '../../src/credential/known-token.ts';

const alphabets: Readonly<Record<string, string>> = {
  base62: 'aB3dE5gH1jK7mN9pQ2sT',
  base64url: 'aB3-dE5_gH1jK7mN9pQ2',
  hex: '0a1b2c3d4e5f67890abc',
  upper: 'A2B3C4D5E6F7G2H3J4K5',
  dotted: 'aB3dE5gH1jK7.N9pQ2sT',
};

/** As each service documents its tokens: what they begin with, and how long the rest is at least. */
const services: readonly (readonly [of: string, least: number, prefixes: string])[] = [
  ['base62', 36, 'ghp_ gho_ ghu_ ghs_ ghr_ npm_'],
  ['base64url', 22, 'github_pat_ pypi-AgE'],
  ['base64url', 20, 'glpat- glrt- gldt- glptt- glcbt- glft- glimt- glagent-'],
  ['base64url', 20, 'glffct- glsoat- gloas-'],
  ['base64url', 10, 'xoxa- xoxb- xoxe- xoxe.xoxp- xoxo- xoxp- xoxr- xoxs- xapp-'],
  ['base62', 10, 'sk_live_ sk_test_ rk_live_ rk_test_'],
  ['base62', 24, 'whsec_'],
  ['base64url', 22, 'sq0atp- sq0csp- sq0idp-'],
  ['upper', 16, 'AKIA ASIA ABIA ACCA'],
  ['base62', 20, 'LTAI'],
  ['base64url', 35, 'AIza'],
  ['base64url', 28, 'GOCSPX-'],
  ['base64url', 50, 'ya29.'],
  ['base64url', 30, 'sk-ant- sk-proj- sk-svcacct- sk-admin- sk-or-v1- nvapi- pplx-'],
  ['base62', 40, 'sk- gsk_ r8_'],
  ['base62', 30, 'hf_ xai-'],
  ['hex', 64, 'dop_v1_ doo_v1_ dor_v1_'],
  ['hex', 40, 'pul- sbp_'],
  ['hex', 100, 'v1.0-'],
  ['hex', 32, 'dapi'],
  ['base64url', 24, 'hvs. hvb. hvr.'],
  ['base64url', 20, 'dckr_pat_ dckr_oat_'],
  ['base64url', 40, 'dp.pt. dp.st. fm2_ fo1_'],
  ['base64url', 40, 'ops_eyJ ATATT3x ATCTT3x sha256~'],
  ['base62', 40, 'cfut_ cfat_ cfk_ vcp_ vci_ vca_ vcr_ vck_'],
  ['base62', 20, 'tskey-auth- tskey-api- tskey-client-'],
  ['upper', 58, 'AGE-SECRET-KEY-1'],
  ['base64url', 20, 'sntrys_ sntryu_ NRAK- NRII- dt0c01. glsa_ glc_'],
  ['dotted', 60, 'SG.'],
  ['hex', 60, 'xkeysib-'],
  ['hex', 32, 'shpat_ shpca_ shppa_ shpss_ CCIPAT_'],
  ['base62', 40, 'lin_api_ lin_oauth_ rubygems_ figd_ ntn_ phx_ PMAK-'],
];

describe.each(
  services.flatMap(([of, least, prefixes]) => prefixes.split(' ').map((one) => [one, of, least] as const)),
)('a token that begins with %s', (prefix, of, least) => {
  // Made here, so that nothing takes this file for one that holds tokens.
  const body = (length: number): string => (alphabets[of] ?? '').repeat(10).slice(0, length);

  it('is found whole among words', () => {
    const token = prefix + body(least);
    const text = `use ${token} here`;
    expect(knownTokens(text).map(({ start, end }) => text.slice(start, end))).toEqual([token]);
  });

  it('is none within a word, as an example, or cut off', () => {
    expect(knownTokens(`x${prefix}${body(least)}`).filter(({ start }) => start < 2)).toEqual([]);
    expect(knownTokens(prefix + 'a'.repeat(least))).toEqual([]);
    expect(knownTokens(`${prefix}${body(3)}`)).toEqual([]);
  });
});
