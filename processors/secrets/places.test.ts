import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { ALNUM, detector, HEX, made, place, scan, secretsIn } from './secrets.fixture.ts'
import { leastCost } from '../../test/support/cost.ts'

const WORDS = 'addict frost stamp gather crater version relief post glare inner raven oyster'

describe('words that a wallet is made again from', () => {
  it.each([
    [`My seed phrase is: ${WORDS}.`, WORDS],
    [`MNEMONIC="${WORDS}"`, WORDS],
    [`Wallet backup\n${WORDS}\nkeep them`, WORDS],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it('with their numbers', () => {
    const numbered = WORDS.split(' ')
      .map((word, at) => `${at + 1}. ${word}`)
      .join(' ')
    expect(secretsIn(`recovery phrase: ${numbered}`)).toEqual([numbered])
  })

  it.each([
    'Seed phrase: twelve words that you should write down and never share',
    'Write down your recovery phrase in order and store it offline.',
    `seed phrase: ${WORDS} more`,
    `They said ${WORDS}`,
    'set the seed: numbers come from there and the model uses it later on today',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})

describe('lines of .pgpass', () => {
  it.each([
    ['pg.internal:5432:orders:orders_app:Sn0wGoose', 'Sn0wGoose'],
    ['# mine\nlocalhost:5433:*:admin:Pl4in\\:Colon\n', 'Pl4in\\:Colon'],
    ['*:5432:*:postgres:b4dger_Sett', 'b4dger_Sett'],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it.each([
    'localhost:5432:mydb:${USER}:${PASS}',
    'hostname:port:database:username:password',
    'pg.internal:5432:orders:orders_app:password',
    '12:5432:45:abc:R4venHill!',
    'src/app.ts:1200:5:error:unexpected',
    'pg.internal:5432:orders:orders_app:Sn0wGoose and more',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})

describe('lines of lists of accounts', () => {
  it.each([
    ['ann@example.org:R4venHill', 'R4venHill'],
    ['1 account\nann.moss@mail.example.org;R4venHill!\nthanks', 'R4venHill!'],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it.each([
    'git@github.com:Acme/Site2.git',
    'scp a ann@files.example.org:Data2024',
    'ann@example.org:22',
    'ann@example.org:R4venHill is what she said',
    'ann@example.org:backup.tar',
    'ann@example.org: R4venHill',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})

describe('options of programs', () => {
  it.each([
    ['docker login -u ci -p Fj0rdLight9 registry.example.org', 'Fj0rdLight9'],
    ['ldapsearch -x -D "cn=admin" -w Harb0ur_Fog -b dc=corp', 'Harb0ur_Fog'],
    ["smbclient //fs01/share -U 'CORP\\ann%Autobahn#A7'", 'Autobahn#A7'],
    ['keytool -importkeystore -srcstorepass ch4ngeoverXX -destkeystore new.p12', 'ch4ngeoverXX'],
    ['rabbitmqctl add_user worker r4bbitHutch', 'r4bbitHutch'],
    ['openssl rsa -in key.pem -passin pass:Fj0rdLight9', 'Fj0rdLight9'],
    ['mongodump -u root -p Fj0rdLight9 --db x', 'Fj0rdLight9'],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it.each([
    'docker login -u ci -p "$TOKEN" registry',
    'docker run -p 8080:80 web',
    'ldapsearch -x -W -b dc=corp',
    'mongodump -u root -p --authenticationDatabase admin',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})

describe('values with a name', () => {
  const hex = made(HEX, 64, 11)
  it.each([
    [`variable "api_key" {\n  type    = string\n  default = "${hex.slice(0, 32)}"\n}`, hex.slice(0, 32)],
    [`new ethers.Wallet('0x${hex}', provider)`, `Wallet('0x${hex}`],
    [`psk=${hex}`, hex],
    [`xprv${made(ALNUM.replace(/[0OIl]/g, ''), 107)}`, `xprv${made(ALNUM.replace(/[0OIl]/g, ''), 107)}`],
    [`https://b.s3.amazonaws.com/a?X-Amz-Expires=60&X-Amz-Signature=${hex}`, `X-Amz-Signature=${hex}`],
    ['log in with user demo_ops and password m00nrise42', 'm00nrise42'],
    ['The passphrase for the backup key is "seven green otters dance".', 'seven green otters dance'],
    ['passphrase: seven green otters dance\nnext', 'seven green otters dance'],
    ["$cfg['Servers'][$i]['password'] = 'wpPass22';", 'wpPass22'],
    [`https://x.org/hook?key=${hex.slice(0, 32)}`, `key=${hex.slice(0, 32)}`],
    [`Ocp-Apim-Subscription-Key: ${hex.slice(0, 32)}`, hex.slice(0, 32)],
    [`https://x.org/weather?q=Ulm&appid=${hex.slice(0, 32)}`, hex.slice(0, 32)],
    ['пароль — Samovar88', 'Samovar88'],
    ['Пароль на вход Samovar88!', 'Samovar88!'],
    ['كلمة السر هي Nakhla4471', 'Nakhla4471'],
    ['הסיסמה היא Shalom123', 'Shalom123'],
    ['รหัสผ่านคือ Chang1234', 'Chang1234'],
    ['पासवर्ड है Ganga2024', 'Ganga2024'],
    ['Mật khẩu là Hanoi2024', 'Hanoi2024'],
    ['密码：Xiong77mao，请勿外传', 'Xiong77mao'],
    ['Adgangskoden er Havfrue#22', 'Havfrue#22'],
    ['Salasana on Saun4Kivi!', 'Saun4Kivi!'],
  ])('%s', (text, value) => expect(secretsIn(text)).toEqual([value]))

  it.each([
    'Authorization: AWS4-HMAC-SHA256 Credential=...',
    '"forgotPassword": "Forgot password?",',
    "const password = 'Password used to generate the key'",
    'spring.datasource.password=@db.password@',
    'Пароль: неверный',
    'Contraseña: obligatoria',
    `variable "api_key" {\n  type = string\n}\n\nvariable "x" {\n  default = "${hex}"\n}`,
    `Authorization: x, Signature=${hex}`,
    'User alice and password recovery',
    'password: !vault |',
    '"AWS::SecretsManager::Secret": "c85175a4ebcce361"',
    '[AUTH password]: http://redis.io/commands/AUTH',
    'password *uint16, flags uint32',
    'user_pass = "%s:%s"',
    'creds := credentials.NewCredentials(&ec2rolecreds.EC2RoleProvider{})',
    'headers["x-token"] = imdsv2_session_token\n',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC...\n-----END PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\n<what you were given>\n-----END RSA PRIVATE KEY-----',
    '"auth/weak-password": "The password must be 6 characters long or more."',
    'password=`pass show db`',
    '"password": "@Microsoft.KeyVault(SecretUri=https://x.vault.azure.net/secrets/p/)"',
    'Senha: enviada por e-mail',
    'Lösenord: skickas separat',
    '密码：请联系管理员',
    '비밀번호: 별도 안내',
    'POSTGRES_PASSWORD: postgres',
    'passphrase: what you chose for it',
    'https://x.org/list?key=customer_name_and_address_line',
    'the items of key=value2valuevaluevaluevalue',
    'The passphrase for it is "what you chose for the key" again',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})

/** What looking at a unit, over and over to `size` characters, costs at best. */
function costOf(unit: string, size: number): number {
  const prepared = scan([{ place, text: unit.repeat(size / unit.length) }])
  return leastCost(() => detector.inspect({} as Interaction, prepared))
}

describe('any text', () => {
  it.each([
    'password,',
    'password,a\n',
    'ab9,mdp\n',
    'ab9,mdp,mdp\n',
    'curl -b a=b; ',
    'cookies: [{"name": "a"}, ',
    'cookie=',
    'cookie: a=b; ',
    'curl ',
    'a:5432:',
    '$6$a$',
    'seed abc ',
    'seed: abc ',
    'snmp community a ',
    'snmp-server user a auth sha ',
    'radius key ',
    'docker login ',
    'cookies: [{"name": ',
    'a@b.cd:',
    'passphrase: abc ',
    'secret"{\n',
  ])('is looked at in linear time: %j', (unit) => {
    expect(costOf(unit, 160_000)).toBeLessThan(24 * Math.max(costOf(unit, 20_000), 1500))
  })
})
