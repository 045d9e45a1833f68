import { prefixed, token, type SecretRule } from './rule.ts'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Messages, money, shops and offices. */
export const SERVICE_RULES: readonly SecretRule[] = [
  ...['xoxb', 'xoxp', 'xoxa', 'xoxr', 'xoxs', 'xoxo', 'xoxe'].map((start) =>
    token('Slack token', start, '[.-][A-Za-z0-9.-]{20,250}'),
  ),
  token('Slack app token', 'xapp', '-\\d-[A-Z0-9]{8,14}-\\d{10,16}-[0-9a-f]{40,80}'),
  {
    name: 'Slack webhook',
    words: ['hooks'],
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{40,80}/,
  },
  {
    name: 'Discord webhook',
    words: ['discord', 'discordapp'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,80}/,
  },
  { name: 'Teams webhook', words: ['webhook'], pattern: /webhook\.office\.com\/webhookb2\/[A-Za-z0-9@/-]{100,200}/ },
  ...['sk', 'rk'].map((start) => token('Stripe key', start, '_(?:live|test|prod)_[A-Za-z0-9]{16,110}')),
  token('Stripe webhook secret', 'whsec', '_[A-Za-z0-9+/=]{32,64}'),
  token('Square token', 'sq', '0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}'),
  prefixed('Square access token', 'EAAA', '[A-Za-z0-9_-]{58,62}'),
  {
    name: 'Braintree token',
    words: ['access token'],
    pattern: /access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}/,
  },
  ...['shpat', 'shpca', 'shppa', 'shpss'].map((start) => token('Shopify token', start, '_[0-9a-fA-F]{32}')),
  token('Razorpay key', 'rzp', '_(?:live|test)_[A-Za-z0-9]{14,24}'),
  token('Flutterwave key', 'FLWSECK', '(?:_TEST)?-[0-9A-Za-z-]{32,48}'),
  token('Plaid token', 'access', `-(?:sandbox|development|production)-${UUID}`),
  token('Duffel token', 'duffel', '_(?:test|live)_[A-Za-z0-9_=-]{43}'),
  prefixed('EasyPost key', 'EZAK', '[A-Za-z0-9]{54}'),
  prefixed('EasyPost test key', 'EZTK', '[A-Za-z0-9]{54}'),
  { name: 'Twilio key', prefixes: ['sk'], pattern: /SK[0-9a-f]{32}(?![0-9a-zA-Z])/ },
  token('SendGrid key', 'SG', '\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  token('Mailgun key', 'key', '-[0-9a-f]{32}'),
  token('Resend key', 're', '_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}'),
  token('Brevo key', 'xkeysib', '-[0-9a-f]{64}-[A-Za-z0-9]{16}'),
  { name: 'Mapbox token', words: ['sk', 'tk'], pattern: /[st]k\.eyJ[A-Za-z0-9_-]{20,200}\.[A-Za-z0-9_-]{20,40}/ },
  token('Notion token', 'ntn', '_[A-Za-z0-9]{40,50}'),
  token('Notion secret', 'secret', '_[A-Za-z0-9]{43}'),
  prefixed('Airtable token', 'pat', '[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
  token('HubSpot token', 'pat', `-(?:na|eu|ap)\\d-${UUID}`),
  token('Contentful token', 'CFPAT', '-[A-Za-z0-9_-]{43}'),
  token('Typeform token', 'tfp', '_[A-Za-z0-9_.=-]{40,60}'),
  token('Dropbox token', 'sl', '\\.[A-Za-z0-9_-]{60,300}'),
  prefixed('Facebook token', 'EAA', '[A-Za-z0-9]{80,250}'),
  {
    name: 'private key of a wallet',
    words: ['wallet', 'private key'],
    pattern: /(?:Wallet|private_?key\w{0,12})\((?:\w{1,40}:\s?)?["'](?:0x)?[0-9a-f]{64}(?=["'])/i,
  },
  ...['xprv', 'yprv', 'zprv', 'tprv'].map((start) =>
    prefixed('extended private key', start, '[1-9A-HJ-NP-Za-km-z]{107}'),
  ),
  {
    name: 'key in a URL',
    words: ['key'],
    pattern: /(?<=[?&])key=(?=[A-Za-z_-]{0,60}\d)[A-Za-z0-9_-]{24,100}(?![\w-])/,
  },
  token('Frame.io token', 'fio', '-u-[A-Za-z0-9_=-]{64}'),
  token('Intercom or Zendesk token', 'dG', '9rO[A-Za-z0-9+/]{40,80}={0,2}'),
]
