import { DIGITS, HEX, LOWER, UPPER, type Rng } from './rng.ts'

/*
 * Keys and passwords in vendors' formats, put together at run time from seeded randomness: nothing here has ever opened
 * anything, and no literal in the repository looks as if it did.
 */

const ALNUM = UPPER + LOWER + DIGITS
const URL_SAFE = `${ALNUM}-_`
const BASE64 = `${ALNUM}+/`
const base64url = (text: string): string => Buffer.from(text).toString('base64url')
const T = 'T3Blbk' + 'FJ'

export interface SecretMaker {
  readonly name: string
  make(rng: Rng): string
  /** Names of fields it stands behind; only for values whose form alone says nothing. */
  readonly keys?: readonly string[]
}

const by = (name: string, make: (rng: Rng) => string, keys?: readonly string[]): SecretMaker => ({
  name,
  make,
  ...(keys === undefined ? {} : { keys }),
})
const prefixed = (name: string, prefix: string, length: number, alphabet = ALNUM, suffix = ''): SecretMaker =>
  by(name, (rng) => prefix + rng.text(length, alphabet) + suffix)

function jwt(rng: Rng): string {
  const head = base64url(JSON.stringify({ alg: rng.pick(['HS256', 'RS256', 'ES256']), typ: 'JWT' }))
  const body = base64url(
    JSON.stringify({
      sub: rng.digits(8),
      iat: 1_790_000_000 + rng.int(0, 9_999_999),
      role: rng.pick(['admin', 'user', 'svc']),
    }),
  )
  return `${head}.${body}.${rng.text(43, URL_SAFE)}`
}

function pem(rng: Rng): string {
  const kind = rng.pick(['RSA PRIVATE KEY', 'PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY'])
  const lines = Array.from({ length: rng.int(4, 10) }, () => rng.text(64, BASE64))
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n${rng.text(30, BASE64)}==\n-----END ${kind}-----`
}

const host = (rng: Rng): string => `db${rng.int(1, 9)}.${rng.text(6, LOWER)}.internal`
const strong = (rng: Rng): string => rng.text(rng.int(10, 20), `${ALNUM}!#%^*-_+`) + rng.digits(1) + rng.text(1, UPPER)

/** Kept in two alphabets: a password that people invent, and one that a machine made. */
export const passwordOf = (rng: Rng): string =>
  rng.pick([
    () => strong(rng),
    () => strong(rng),
    () =>
      `${rng.pick(['Sommer', 'Blue', 'Tiger', 'Roma', 'Kraken', 'Winter', 'Lisboa'])}${rng.pick(['!', '_', '#', '-'])}${rng.int(1970, 2026)}`,
    () =>
      `${rng.pick(['correct', 'purple', 'quiet', 'rapid'])}-${rng.pick(['horse', 'planet', 'river', 'lemon'])}-${rng.int(10, 99)}`,
    () => `${rng.text(4, LOWER)}${rng.text(2, UPPER)}${rng.digits(3)}${rng.pick(['!', '?', '$', '%'])}`,
  ])()

export const SECRETS: readonly SecretMaker[] = [
  by('aws access key', (rng) => rng.pick(['AK', 'AS']) + 'IA' + rng.text(16, `${UPPER}234567`)),
  by('aws secret key', (rng) => rng.text(40, BASE64), ['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY']),
  prefixed('google api key', 'AI' + 'za', 35, URL_SAFE),
  prefixed('google oauth secret', 'GOC' + 'SPX-', 28, URL_SAFE),
  by(
    'azure storage connection',
    (rng) =>
      `DefaultEndpointsProtocol=https;AccountName=${rng.text(8, LOWER)};AccountKey=${rng.text(86, BASE64)}==;EndpointSuffix=core.windows.net`,
  ),
  by('azure client secret', (rng) => `${rng.text(3, ALNUM)}8Q~${rng.text(34, `${ALNUM}~._-`)}`, [
    'client_secret',
    'AZURE_CLIENT_SECRET',
  ]),
  prefixed('github token', 'gh' + 'p_', 36),
  prefixed('github app token', 'gh' + 's_', 36),
  by('github fine-grained token', (rng) => `github_${'pat'}_${rng.text(22, ALNUM)}_${rng.text(59, ALNUM)}`),
  prefixed('gitlab token', 'gl' + 'pat-', 20, URL_SAFE),
  by('slack bot token', (rng) => `xox${'b'}-${rng.digits(12)}-${rng.digits(12)}-${rng.text(24, ALNUM)}`),
  by(
    'slack user token',
    (rng) => `xox${'p'}-${rng.digits(11)}-${rng.digits(11)}-${rng.digits(12)}-${rng.text(32, HEX)}`,
  ),
  by(
    'slack webhook',
    (rng) =>
      `https://hooks.${'slack'}.com/services/T${rng.text(8, UPPER + DIGITS)}/B${rng.text(8, UPPER + DIGITS)}/${rng.text(24, ALNUM)}`,
  ),
  prefixed('stripe secret key', 'sk_' + 'live_', 24),
  prefixed('stripe long secret key', 'sk_' + 'live_51', 97),
  prefixed('stripe restricted key', 'rk_' + 'live_', 24),
  by('openai key', (rng) => `sk-${rng.text(20, ALNUM)}${T}${rng.text(20, ALNUM)}`),
  by('openai project key', (rng) => `sk-${'proj'}-${rng.text(74, URL_SAFE)}${T}${rng.text(74, URL_SAFE)}`),
  by('anthropic key', (rng) => `sk-${'ant'}-api03-${rng.text(93, URL_SAFE)}AA`),
  prefixed('huggingface token', 'h' + 'f_', 34, UPPER + LOWER),
  prefixed('npm token', 'np' + 'm_', 36),
  by('pypi token', (rng) => `pypi-${'AgEIcHlwaS5vcmc'}${rng.text(70, URL_SAFE)}`),
  by('twilio key', (rng) => `SK${rng.text(32, HEX)}`),
  by('twilio auth token', (rng) => rng.text(32, HEX), ['twilio_auth_token', 'TWILIO_AUTH_TOKEN']),
  by('sendgrid key', (rng) => `S${'G'}.${rng.text(22, URL_SAFE)}.${rng.text(43, URL_SAFE)}`),
  by('mailgun key', (rng) => `key-${rng.text(32, HEX)}`, ['mailgun_api_key', 'MAILGUN_KEY']),
  by('jwt', jwt),
  by('private key', pem),
  by('postgres url', (rng) => `postgres://${rng.text(6, LOWER)}:${rng.text(14, ALNUM)}@${host(rng)}:5432/app`),
  by(
    'mongodb url',
    (rng) =>
      `mongodb+srv://${rng.text(6, LOWER)}:${rng.text(14, ALNUM)}@cluster0.${rng.text(5, LOWER)}.mongodb.net/app`,
  ),
  by('mysql url', (rng) => `mysql://root:${rng.text(12, ALNUM)}@${host(rng)}/shop`),
  by('redis url', (rng) => `redis://:${rng.text(16, ALNUM)}@${host(rng)}:6379/0`),
  by(
    'ado connection',
    (rng) => `Server=tcp:${host(rng)},1433;Database=crm;User ID=app;Password=${rng.text(14, ALNUM)};Encrypt=true`,
  ),
  by('digitalocean token', (rng) => `dop_${'v1'}_${rng.text(64, HEX)}`),
  by('shopify token', (rng) => `shp${'at'}_${rng.text(32, HEX)}`),
  by('telegram bot token', (rng) => `${rng.int(100_000_000, 999_999_999)}${rng.digits(1)}:AA${rng.text(33, URL_SAFE)}`),
  by('databricks token', (rng) => `da${'pi'}${rng.text(32, HEX)}`),
  by('grafana token', (rng) => `gl${'sa'}_${rng.text(32, ALNUM)}_${rng.text(8, HEX)}`),
  by('vault token', (rng) => `hv${'s'}.${rng.text(90, URL_SAFE)}`),
  prefixed('groq key', 'gs' + 'k_', 52),
  prefixed('replicate token', 'r' + '8_', 37),
  prefixed('docker token', 'dck' + 'r_pat_', 27, URL_SAFE),
  prefixed('linear key', 'lin_' + 'api_', 40),
  by('new relic key', (rng) => `NR${'AK'}-${rng.text(27, UPPER + DIGITS)}`),
  by('postman key', (rng) => `PM${'AK'}-${rng.text(24, HEX)}-${rng.text(34, HEX)}`),
  by('atlassian token', (rng) => `AT${'ATT3'}${rng.text(180, URL_SAFE)}=${rng.text(8, HEX).toUpperCase()}`),
  prefixed('figma token', 'fig' + 'd_', 40, URL_SAFE),
  by('generic api key', (rng) => rng.text(rng.pick([32, 40]), ALNUM), [
    'api_key',
    'API_KEY',
    'apikey',
    'secret_key',
    'access_token',
    'auth_token',
  ]),
  by('generic hex secret', (rng) => rng.text(rng.pick([40, 64]), HEX), [
    'secret',
    'signing_secret',
    'webhook_secret',
    'SECRET_KEY',
  ]),
  by('password', passwordOf, ['password', 'db_password', 'PASSWORD', 'passwd', 'smtp_password']),
  by('password again', passwordOf, ['password', 'admin_password', 'DB_PASSWORD', 'pwd', 'passphrase']),
]

const sriHash = (rng: Rng): string => `sha512-${rng.text(86, BASE64)}==`
const uuid = (rng: Rng): string =>
  `${rng.text(8, HEX)}-${rng.text(4, HEX)}-4${rng.text(3, HEX)}-a${rng.text(3, HEX)}-${rng.text(12, HEX)}`

/** Whole lines without any secret, by half: what scanners of secrets are known to alarm on. */
export const DECOYS: Readonly<Record<'development' | 'blind', readonly ((rng: Rng) => string)[]>> = {
  development: [
    () => 'API_KEY=YOUR_API_KEY_HERE',
    () => 'export OPENAI_API_KEY="sk-..."',
    () => 'password: "********"',
    () => 'token = os.environ["SERVICE_TOKEN"]',
    () => 'const apiKey = process.env.API_KEY',
    () => 'client_secret: ${CLIENT_SECRET}',
    () => 'api_key: <insert key>',
    () => 'aws_access_key_id = AKIA' + 'IOSFODNN7EXAMPLE',
    () => 'password=changeme',
    (rng) => `"integrity": "${sriHash(rng)}",`,
    (rng) => `commit ${rng.text(40, HEX)}`,
    (rng) => `request_id=${uuid(rng)}`,
    (rng) => `src="data:image/png;base64,iVBORw0KGgo${rng.text(120, BASE64)}"`,
    (rng) => `sha256:${rng.text(64, HEX)}`,
    (rng) => `etag: "${rng.text(32, HEX)}"`,
    () => 'max_tokens: 4096, temperature: 0.2',
    () => 'The password must have at least twelve characters and one digit.',
    () => 'How do I reset my password if the token expired?',
    () => 'function verifyToken(token: string, secret: string): boolean {',
    () => 'type Login = { user: string; password: string }',
    () => 'primary_key: customer_id',
    (rng) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${rng.text(43, BASE64)} ann@laptop`,
    (rng) => `-----BEGIN PUBLIC KEY-----\n${rng.text(64, BASE64)}\n-----END PUBLIC KEY-----`,
    () => 'Authorization: Bearer <token>',
    () => 'postgres://user:password@localhost:5432/db',
    () => 'secret_key_base: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    (rng) => `class="css-${rng.text(7, LOWER + DIGITS)} btn-${rng.text(5, LOWER)}"`,
    (rng) => `{"_id":"${rng.text(24, HEX)}","ok":true}`,
    () => 'keyboard shortcut: ctrl+shift+k',
    () => 'token_count=1532 prompt_tokens=1200',
  ],
  blind: [
    () => 'STRIPE_KEY=replace_me',
    () => 'ANTHROPIC_API_KEY=your-key-goes-here',
    () => 'passwd = "<redacted>"',
    () => 'auth_token = getenv("AUTH_TOKEN")',
    () => 'secret: ${{ secrets.DEPLOY_KEY }}',
    () => 'api_key = "{{ vault.api_key }}"',
    () => 'apiKey: "xxxx-xxxx-xxxx-xxxx"',
    () => 'GITHUB_TOKEN=ghp_' + 'x'.repeat(36),
    () => 'db_password: example',
    (rng) => `resolved "https://host.example/x.tgz#${rng.text(40, HEX)}"\n  integrity ${sriHash(rng)}`,
    (rng) => `Merge ${rng.text(7, HEX)} into ${rng.text(7, HEX)}`,
    (rng) => `correlation-id: ${uuid(rng)}`,
    (rng) => `![logo](data:image/jpeg;base64,/9j/4AAQSkZJRg${rng.text(120, BASE64)})`,
    (rng) => `image: repo/app@sha256:${rng.text(64, HEX)}`,
    (rng) => `md5sum: ${rng.text(32, HEX)}  file.iso`,
    () => 'The model accepts up to 200000 tokens per request.',
    () => 'Please enter your password twice to confirm the change.',
    () => 'Why is "secret" a reserved word in this tool?',
    () => 'def rotate_key(old_key, new_key):',
    () => 'interface Credentials { username: string; password: string | null }',
    () => 'foreign_key: order_id, sort_key: created_at',
    (rng) => `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ${rng.text(180, BASE64)} ci@build`,
    (rng) => `-----BEGIN CERTIFICATE-----\n${rng.text(64, BASE64)}\n${rng.text(64, BASE64)}\n-----END CERTIFICATE-----`,
    () => 'curl -H "Authorization: Bearer $TOKEN" https://api.host.example',
    () => 'mysql://root:${MYSQL_ROOT_PASSWORD}@db/shop',
    () => 'token: "00000000000000000000000000000000"',
    (rng) => `chunk-${rng.text(8, UPPER + DIGITS)}.js  42.1 kB`,
    (rng) => `ObjectId("${rng.text(24, HEX)}")`,
    () => 'The key takeaway is that tokens are counted per message.',
    () => 'password_min_length = 12',
    (rng) => `nonce-${rng.text(22, BASE64)}== is added by the server to each script tag`,
  ],
}
