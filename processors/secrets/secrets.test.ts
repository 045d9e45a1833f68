import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { SECRET_RULES } from './rules.ts'
import { ALNUM, detector, HEX, made, place, scan, secretsIn } from './secrets.fixture.ts'
import { leastCost } from '../../test/support/cost.ts'

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const VALUES: Record<string, string> = {
  'AWS access key': `AKIA${made(UPPER, 16)}`,
  'Google API key': `AIza${made(ALNUM, 35)}`,
  'GitHub token': `ghp_${made(ALNUM, 36)}`,
  'fine-grained GitHub token': `github_pat_${made(ALNUM, 22)}_${made(ALNUM, 59)}`,
  'GitLab token': `glpat-${made(ALNUM, 20)}`,
  'Slack token': `xoxb-${made('0123456789', 12)}-${made('0123456789', 12)}-${made(ALNUM, 24)}`,
  'Stripe key': `sk_live_${made(ALNUM, 24)}`,
  'OpenAI project key': `sk-proj-${made(ALNUM, 48)}`,
  'OpenAI key of before': `sk-${made(ALNUM, 20)}T3BlbkFJ${made(ALNUM, 20)}`,
  'Anthropic key': `sk-ant-api03-${made(ALNUM, 93)}AA`,
  'Hugging Face token': `hf_${made(ALNUM, 34)}`,
  'npm token': `npm_${made(ALNUM, 36)}`,
  'SendGrid key': `SG.${made(ALNUM, 22)}.${made(ALNUM, 43)}`,
  'Twilio key': `SK${made(HEX, 32)}`,
  'Telegram token': `${made('123456789', 10)}:AA${made(ALNUM, 33)}`,
  'JSON web token': `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: '1', iat: 1516239022 })}.${made(ALNUM, 43)}`,
  'private key': `-----BEGIN RSA PRIVATE KEY-----\n${made(ALNUM, 64)}\n${made(ALNUM, 30)}\n-----END RSA PRIVATE KEY-----`,
  'Azure storage key': `AccountKey=${made(ALNUM, 86)}==`,
  'Databricks token': `dapi${made(HEX, 32)}`,
}

describe('secrets by their form', () => {
  it.each(Object.entries(VALUES))('%s', (_, value) => {
    for (const text of [value, `use ${value} now`, `"key": "${value}",`, `KEY=${value}\nNEXT=1`, `(${value})`])
      expect(secretsIn(text)).toContainEqual(value)
  })

  it('in a string of a JSON string, with escaped line ends', () => {
    const key = VALUES['private key']!
    expect(secretsIn(JSON.stringify(JSON.stringify({ key })))).toHaveLength(1)
  })

  it('of a key that is cut off, all of it', () => {
    const cut = VALUES['private key']!.split('\n').slice(0, 2).join('\n')
    expect(secretsIn(`${cut} and then`)[0]).toContain(cut)
  })
})

describe('secrets by their name', () => {
  const random = made(ALNUM, 40, 3)
  it.each([
    [`password = "hunter2!"`, 'hunter2!'],
    [`curl -s -u deploy:Blue-2005 https://files.example.com/x`, 'Blue-2005'],
    [`curl --user "ann:Gr3en!Tea" -T f ftp://x.org`, 'Gr3en!Tea'],
    [`DB_PASSWORD=s3cretValue`, 's3cretValue'],
    [`dbPassword: 'pa$$w0rd'`, 'pa$$w0rd'],
    [`{"password":"Tr0ub4dor&3"}`, 'Tr0ub4dor&3'],
    ['spring.datasource.password=wIn{ter}4Crm', 'wIn{ter}4Crm'],
    ['SMTP_PASSWORD=tr{4}vE!9q{zz}', 'tr{4}vE!9q{zz}'],
    ['password: P{abc}9x!w', 'P{abc}9x!w'],
    ['psk="blaue-Katze-77"', 'blaue-Katze-77'],
    ['ConvertTo-SecureString "Bl4ck-P3arl" -AsPlainText -Force', 'Bl4ck-P3arl'],
    ['machine api.example.org\n  login ann\n  password hx-sd72', 'hx-sd72'],
    ['my password is blue42horse.', 'blue42horse'],
    ['Password:\nKraken99', 'Kraken99'],
    ['wifi-password is Kraken-99', 'Kraken-99'],
    ['password: swordfish please', 'swordfish'],
    ['DB_PASS=mysuperpw', 'mysuperpw'],
    [`accessToken: "${random}"`, random],
    [`client:secret:${random}`, random],
    ['password=blue_river', 'blue_river'],
    ['Password: ReadAdmin9Password', 'ReadAdmin9Password'],
    ['Passwort: geheim123', 'geheim123'],
    ['mon mot de passe est soleil99', 'soleil99'],
    ['la contraseña es Verano2024', 'Verano2024'],
    ['login with pwd: Qwerty!9', 'Qwerty!9'],
    ['mysql --password hunter42', 'hunter42'],
    [`Authorization: Bearer ${random}`, random],
    [`curl -H "X-Api-Key: ${random}" https://x.org`, random],
    [`client_secret: "${random}"`, random],
    [`const apiKey = '${random}'`, random],
    [`<password>Sommer#2024</password>`, 'Sommer#2024'],
    ['password: k6(U@MCq^', 'k6(U@MCq^'],
    ['Password: $xLov!y#0S!i&', '$xLov!y#0S!i&'],
    ['{"password":"@9JUhZ(4WZyuj"}', '@9JUhZ(4WZyuj'],
    ['ssh deploy@files (pw: Kraken#99)', 'Kraken#99'],
    ['use password Kraken#99 to open it', 'Kraken#99'],
    ["the key's password is Kraken_99b", 'Kraken_99b'],
    ['The password for the admin panel is Kraken2019.', 'Kraken2019'],
    ['la mia password è Kraken2019', 'Kraken2019'],
    ['the default password (Kraken2019) must be changed', 'Kraken2019'],
    ['password has been changed to Kraken-2019', 'Kraken-2019'],
    ['creds: ann.moss:Kraken#99', 'Kraken#99'],
    ['pwd → Kraken#99', 'Kraken#99'],
    ['- name: POSTGRES_PASSWORD\n  value: pgS3cret9', 'pgS3cret9'],
    ['senha do wifi Casa2021@', 'Casa2021@'],
    [`azure storage key ${random}`, random],
    ['the creds for staging are qa_bot2/Kraken#99', 'Kraken#99'],
    ['wachtwoord Tulp3n!', 'Tulp3n!'],
    ['my password is hunter22!', 'hunter22!'],
    ['sqlplus scott/T1ger#99@ORCL', 'T1ger#99'],
    ['net use Z: /user:ann Hamb!urg20', 'Hamb!urg20'],
    ['password: Tr(3x)9!kLm', 'Tr(3x)9!kLm'],
    ['pw = aB{7}q[2]Zp', 'aB{7}q[2]Zp'],
    ['Password: [Kr4k]en#99', '[Kr4k]en#99'],
    ["the admin password is it's-R41ning don't share it", "it's-R41ning"],
    [`{"password":"p@\\"ss9Wd!"}`, `p@\\"ss9Wd!`],
    ['minha senha do app é Gato$2020', 'Gato$2020'],
    ['Hasło do portalu: Zima2022!x', 'Zima2022!x'],
    ['Parola contului este Mure$2019', 'Mure$2019'],
    ['Passwort WLAN: Kraken#99', 'Kraken#99'],
    ['password (admin): Kraken#99', 'Kraken#99'],
    ['Пароль: Zima-2020x', 'Zima-2020x'],
    ['密码：Kraken_99b', 'Kraken_99b'],
    ['비밀번호는 kraken!8841 입니다', 'kraken!8841'],
    ['<input type="password" value="hunter22X">', 'hunter22X'],
    ['<input name="password" id="pw" value="hunter22X">', 'hunter22X'],
    ['{"name":"password","value":"hunter22X"}', 'hunter22X'],
    ['<tr><td>Password</td><td>hunter22X</td></tr>', 'hunter22X'],
    ['Code wifi: Livebox-9f3a77', 'Livebox-9f3a77'],
    ['login annmoss / Kraken#99', 'Kraken#99'],
    ['user/password = annmoss:Kraken#99', 'Kraken#99'],
    ['mysql -u root -pKraken@99 app', 'Kraken@99'],
    [`set API_SECRET ${random}`, random],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it.each([
    'password: required',
    'password = os.environ["DB_PASSWORD"]',
    'password: ${DB_PASSWORD}',
    'password: {{ vault_password }}',
    'password=<your password>',
    'api_key = "YOUR_API_KEY"',
    'api_key: xxxxxxxxxxxxxxxxxxxx',
    'token = getToken()',
    'I forgot my password and the token expired.',
    'The password is wrong',
    'password: string',
    'Passwords must have 12 characters',
    'secret: the plan is to leave',
    `AKIAIOSFODNN7${'EXAMPLE'}`,
    `token: ${'0'.repeat(40)}`,
    `commit ${made(HEX, 40)}`,
    `sha512-${made(ALNUM, 86)}==`,
    'request id 123e4567-e89b-12d3-a456-426614174000',
    'eyJub3Q.eyJhbnk.signature1234567890',
    'sk-learn and hf_hub and npm_config_registry',
    'tokens: 1234, total_tokens=5678',
    'key: value',
    'password hashing with PBKDF2-HMAC-SHA256',
    'the password for the guest network is on the fridge',
    'reset your password at https://x.example.com/Reset1',
    'password 12-character minimum',
    'setPassword(user.getPassword2())',
    'the pass K2Summit was closed',
    'credentials are stored in Vault/kv2',
    'login: 2024-05-01 10:00',
    'password = decode($x1, "b")',
    'password: getPass(x1)!',
    'password: users[0].Pass1!',
    'password: user{name}99!X',
    'password: app{Env}99!X',
    'password=x{{abc}}9!Xyz',
    'machine room login page password reset',
    'pass: [a-z]{8}X1!',
    'the password for ann.moss2@example.com was reset',
    'password for host db_01 expired',
    '- name: DB_PASSWORD\n  valueFrom: secretKeyRef1',
    'the password is "old" or "New1!"',
    '<input type="password" value="">',
    'password reset for ticket: closed',
    'password policy: minimum length 12',
  ])('not in %s', (text) => expect(secretsIn(text)).toEqual([]))
})

describe('what only looks announced', () => {
  const random = made(ALNUM, 40, 3)
  it.each([
    'needs no password: whoever may open it',
    'a name (`password`, `mot de passe`, `пароль`) before it',
    '["for", "pass", "return", "match"]',
    "pass\n> 'YYYY-MM-DD' strings",
    'user_pass = split_auth_from_netloc(self.netloc)',
    'Since update-passwd is single-threaded, this',
    'Lösenord: \nLösenorden stämde inte',
    '--http-passwd=PASSWORT',
    '--passwd\nUpraví databázi',
    '"parse-passwd": "^1.0.0"',
    'const pass = similarity >= threshold',
    'proxy_pass=settings["proxy_pass"]',
    'Schweizer Pass: X1234567',
    'österreichischer Pass: P1234567',
    'isOk ? benchmarkPass : testPass;',
    'struct SinkPass : InfoMixin<SinkPass>',
    '# First pass: determine the length',
    '"PWD": "/srv/node/project"',
    'knows the password: scram-sha-256',
    'pw_name:pw_passwd:pw_uid:pw_gid:pw_dir',
    `"NextToken": "${random}"`,
    `"LockToken": "${random}"`,
    'arn:aws:secretsmanager:us-west-2:123456789013:secret:MyTestSecretOne-a1b2c3',
    '--private-key=tpm2-pcr-private1.pem',
    '"encryptionKey": "encryptionKey1024"',
    'with `--otp <one-time password>`, or go through the flow of `auth`',
    'my $pwd = `cmd /c cd`;',
    '"$PWD":/tmp -w',
    'Passwort:\n_Orte',
    'password = url_user_password',
    'from `ReadAdminPassword`: ReadAdminPasswordResponse',
    'so always pass `UInt128` as a string',
    'pass "-Zbzip2 -z9" to it',
    'SRP_user_pwd *SRP_VBASE_get1_by_user(SRP_VBASE *vb)',
    'passphrase = _ffi.NULL',
    'type passphrase: :py:data:`bytes`',
    'class LoopFullUnrollPass : public PassInfoMixin',
    "options to pass to 'rustfmt9'",
    'token: https://tools.ietf.org/html/rfc6749#section-12.2',
  ])('%s', (text) => expect(secretsIn(text)).toEqual([]))

  it.each([
    ["mysql -u root -p's3cr3tPa55!' billing", 's3cr3tPa55!'],
    ['mysqldump -uroot -ps3cr3tPa55 db', 's3cr3tPa55'],
    ['sshpass -p hunter2x ssh host', 'hunter2x'],
    ['PGPASSWORD=hunter2x psql', 'hunter2x'],
    ['("password", "hunter2x")', 'hunter2x'],
    ['<password>hunter2x</password>', 'hunter2x'],
    ['token=45ghiukldjahdnhzdauz&scope=all', '45ghiukldjahdnhzdauz'],
  ])('%s has one', (text, value) => expect(secretsIn(text)).toEqual([value]))
})

describe('typed values', () => {
  const accepting = (value: string): string[] =>
    detector.types.filter((type) => type.normal(value) !== undefined).map(({ name }) => name)
  it.each([
    ['no such form', []],
    ['x', []],
    ['hello', []],
    ['Anna Weber', []],
    ['changeme', []],
    ['hunter2', ['PASSWORD']],
    ['correct horse battery staple', ['PASSWORD']],
    [VALUES['AWS access key']!, ['SECRET', 'PASSWORD']],
    [VALUES['private key']!, ['SECRET', 'PASSWORD']],
  ])('%j', (value, types) => expect(accepting(value)).toEqual(types))
})

describe('rules', () => {
  it('are about a hundred, each with a name and a way to be heard', () => {
    expect(SECRET_RULES.length).toBeGreaterThan(100)
    for (const { name, words = [], prefixes = [] } of SECRET_RULES)
      expect(words.length + prefixes.length, name).toBeGreaterThan(0)
  })

  it('bound every repetition', () => {
    for (const { name, pattern } of SECRET_RULES)
      expect(pattern.source, name).not.toMatch(/(?<!\\)[*+](?!\])(?![^[]*\])|\{\d+,\}/)
  })
})

describe('in a sentence, a word is no password', () => {
  it.each(['let it pass to Größe', 'the pass is “quoted” here', 'heslo je señor', 'the pass is Überweisung'])(
    '%j',
    (text) => expect(secretsIn(text)).toEqual([]),
  )
  it('but a mixed one is', () => expect(secretsIn('my password is grün7haus')).toEqual(['grün7haus']))
})

describe('any text', () => {
  it('is looked at without an error, and hits stand inside it', () => {
    const pieces = fc.constantFrom(
      'password',
      '=',
      ':',
      ' is ',
      '"',
      "'",
      'Bearer ',
      'eyJ',
      '.',
      '-----BEGIN ',
      'PRIVATE KEY-----',
      'x1',
      '\n',
      '\\',
      'sk-',
      'é',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        for (const { start, end } of detector.inspect({} as Interaction, scan([{ place, text }])).hits) {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    'password=',
    'password="',
    'eyJabcdefghijk.',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    'Bearer ',
    'sk-',
    '1234567890:',
  ])('is looked at in linear time: %s', (unit) => {
    const cost = (size: number): number => {
      const prepared = scan([{ place, text: unit.repeat(size / unit.length) }])
      return leastCost(() => detector.inspect({} as Interaction, prepared))
    }
    expect(cost(160_000)).toBeLessThan(24 * Math.max(cost(20_000), 1500))
  })
})
