/** What a service puts before its tokens, and what must follow. The facts are those of the services' own documentation. */
export interface TokenShape {
  readonly prefix: string;
  /** What the rest is made of. */
  readonly of: Alphabet;
  /** The least length of the rest. */
  readonly least: number;
}

export type Alphabet = 'base62' | 'base64url' | 'hex' | 'upper' | 'dotted';

/** Where a prefix alone tells whose token it is. */
export const tokenShapes: readonly TokenShape[] = [
  ...shapes('base62', 36, ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'npm_']),
  ...shapes('base64url', 22, ['github_pat_', 'pypi-AgE']),
  // GitLab: access, runner, deploy, trigger, job, feed, mail, agent, feature flag and OAuth tokens.
  ...shapes('base64url', 20, ['glpat-', 'glrt-', 'gldt-', 'glptt-', 'glcbt-', 'glft-', 'glimt-', 'glagent-']),
  ...shapes('base64url', 20, ['glffct-', 'glsoat-', 'gloas-']),
  // Slack: bots, users, refresh, configuration, apps.
  ...shapes('base64url', 10, [
    'xoxa-',
    'xoxb-',
    'xoxe-',
    'xoxe.xoxp-',
    'xoxo-',
    'xoxp-',
    'xoxr-',
    'xoxs-',
    'xapp-',
  ]),
  // Stripe and Square.
  ...shapes('base62', 10, ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_']),
  ...shapes('base62', 24, ['whsec_']),
  ...shapes('base64url', 22, ['sq0atp-', 'sq0csp-', 'sq0idp-']),
  // Identifiers of access keys of AWS and Alibaba, which stand beside the secret ones.
  ...shapes('upper', 16, ['AKIA', 'ASIA', 'ABIA', 'ACCA']),
  ...shapes('base62', 20, ['LTAI']),
  // Google: API keys, client secrets of OAuth, access tokens.
  ...shapes('base64url', 35, ['AIza']),
  ...shapes('base64url', 28, ['GOCSPX-']),
  ...shapes('base64url', 50, ['ya29.']),
  // Models and their hosts.
  ...shapes('base64url', 30, [
    'sk-ant-',
    'sk-proj-',
    'sk-svcacct-',
    'sk-admin-',
    'sk-or-v1-',
    'nvapi-',
    'pplx-',
  ]),
  ...shapes('base62', 40, ['sk-', 'gsk_', 'r8_']),
  ...shapes('base62', 30, ['hf_', 'xai-']),
  // Clouds, stores and what deploys to them.
  ...shapes('hex', 64, ['dop_v1_', 'doo_v1_', 'dor_v1_']),
  ...shapes('hex', 40, ['pul-', 'sbp_']),
  ...shapes('hex', 100, ['v1.0-']),
  ...shapes('hex', 32, ['dapi']),
  ...shapes('base64url', 24, ['hvs.', 'hvb.', 'hvr.']),
  ...shapes('base64url', 20, ['dckr_pat_', 'dckr_oat_']),
  ...shapes('base64url', 40, ['dp.pt.', 'dp.st.', 'fm2_', 'fo1_']),
  ...shapes('base64url', 40, ['ops_eyJ', 'ATATT3x', 'ATCTT3x', 'sha256~']),
  ...shapes('base62', 40, ['cfut_', 'cfat_', 'cfk_', 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_']),
  ...shapes('base62', 20, ['tskey-auth-', 'tskey-api-', 'tskey-client-']),
  ...shapes('upper', 58, ['AGE-SECRET-KEY-1']),
  // Watching, mail, chat, shops.
  ...shapes('base64url', 20, ['sntrys_', 'sntryu_', 'NRAK-', 'NRII-', 'dt0c01.', 'glsa_', 'glc_']),
  ...shapes('dotted', 60, ['SG.']),
  ...shapes('hex', 60, ['xkeysib-']),
  ...shapes('hex', 32, ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'CCIPAT_']),
  ...shapes('base62', 40, ['lin_api_', 'lin_oauth_', 'rubygems_', 'figd_', 'ntn_', 'phx_', 'PMAK-']),
];

function shapes(of: Alphabet, least: number, prefixes: readonly string[]): TokenShape[] {
  return prefixes.map((prefix) => ({ prefix, of, least }));
}

/** Addresses that anybody may post to who knows them: what follows the text is the secret. */
export const webhookShapes: readonly string[] = [
  'hooks.slack.com/services/',
  'hooks.slack.com/workflows/',
  'discord.com/api/webhooks/',
  'discordapp.com/api/webhooks/',
  '.webhook.office.com/webhookb2/',
  'hooks.zapier.com/hooks/catch/',
  'api.telegram.org/bot',
];
