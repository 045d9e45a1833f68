import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../schemas/interaction.ts'
import { ALNUM, detector, HEX, made, place, scan, secretsIn } from './secrets.fixture.ts'

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
    'The passphrase for it is "what you chose for the key" again',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})

/** What looking at a unit, over and over to `size` characters, costs at best. */
function costOf(unit: string, size: number): number {
  const prepared = scan([{ place, text: unit.repeat(size / unit.length) }])
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage()
    detector.inspect({} as Interaction, prepared)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, user + system)
  }
  return best
}

describe('any text', () => {
  it.each([
    'password,',
    'password,a\n',
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
    'secret"{\n',
  ])('is looked at in linear time: %j', (unit) => {
    expect(costOf(unit, 160_000)).toBeLessThan(24 * Math.max(costOf(unit, 20_000), 1500))
  })
})
