import { DIGITS, HEX, LOWER, type Rng } from '../rng.ts'
import { kind, type Kind, type Lang } from './kind.ts'

const SYLLABLES = 'an bel cor da el fi gar ho in ka lo mer no or pel qui ra sol ta ul ver win yo zen'.split(' ')
const word = (rng: Rng, least = 2, most = 3): string =>
  Array.from({ length: rng.int(least, most) }, () => rng.pick(SYLLABLES)).join('')
const TLDS = [
  'com',
  'com',
  'de',
  'org',
  'net',
  'fr',
  'co.uk',
  'es',
  'it',
  'pl',
  'se',
  'nl',
  'com.br',
  'io',
  'com.tr',
  'eu',
  'info',
  'app',
]

export const hostName = (rng: Rng): string => `${word(rng)}${rng.chance(0.3) ? `-${word(rng)}` : ''}.${rng.pick(TLDS)}`

function email(rng: Rng): string {
  const local = rng.pick([
    () => `${word(rng)}.${word(rng)}`,
    () => word(rng),
    () => `${rng.text(1, LOWER)}.${word(rng)}`,
    () => `${word(rng)}_${word(rng)}${rng.int(1, 99)}`,
    () => `${word(rng)}+${rng.pick(['shop', 'news', 'tickets'])}`,
    () => `${word(rng)}-${word(rng)}`,
    () => `${word(rng)}${rng.int(1950, 2010)}`,
  ])()
  const host = hostName(rng)
  return rng.pick([
    () => `${local}@${host}`,
    () => `${local}@${host}`,
    () => `${local}@${host}`,
    () => `${local}@mail.${host}`,
    () => `${local}@${host}`.toUpperCase(),
    () => `${local[0]!.toUpperCase()}${local.slice(1)}@${host}`,
    () => `${local}@m${rng.pick(['ü', 'ö', 'é'])}${word(rng)}.${rng.pick(['de', 'fr', 'at'])}`,
    () => `${local}@xn--${word(rng)}-kva.de`,
    () => `${local} [at] ${host.replaceAll('.', ' [dot] ')}`,
    () => `${local} (at) ${host}`,
    () => `${local}[at]${host}`,
    () => `${local} at ${host.replaceAll('.', ' dot ')}`,
  ])()
}

const noEmail = (rng: Rng): string =>
  rng.pick([
    () => `${word(rng)}@${rng.int(0, 9)}.${rng.int(0, 30)}.${rng.int(0, 9)}`,
    () => `@${word(rng)}/${word(rng)}@^${rng.int(1, 9)}.${rng.int(0, 30)}.0`,
    () => `@${word(rng)}${rng.int(1, 99)}`,
    () => `${word(rng)}@${rng.int(2, 3)}x.png`,
    () => `${word(rng)}@localhost`,
    () => `${word(rng)}@sha256:${rng.text(64, HEX)}`,
    () => `@${word(rng)}.setter`,
    () => `actions/${word(rng)}@v${rng.int(1, 5)}`,
    () => `${word(rng)} @ ${rng.int(1, 12)}pm`,
  ])()

/** By country: how mobile and landline numbers are written at home, then with the country's code. N 2-9, # any digit. */
const PHONES: readonly (readonly [lang: Lang, local: readonly string[], abroad: readonly string[]])[] = [
  [
    'en',
    ['(212) N##-####', '415-N##-####', '312.N##.####', '(646) N## ####', '1-305-N##-####', '617N##N###'],
    ['+1 212 N## ####', '+1-415-N##-####', '+1 (312) N##-####', '+1305N##N###'],
  ],
  [
    'en',
    ['07912 N#####', '020 7N## ####', '0161 4## ####', '07412 ######', '(020) 8N## ####'],
    ['+44 7912 ######', '+44 20 7N## ####', '+44 (0)20 7N## ####', '0044 7412 ######'],
  ],
  [
    'de',
    ['0151 2#######', '0171/3######', '030 4#######', '089 / 5######', '0160-9#######', '(0221) 4######'],
    ['+49 151 2#######', '+49 (0)30 4#######', '0049 171 3######', '+49-89-5######'],
  ],
  [
    'fr',
    ['06 12 ## ## ##', '07.81.##.##.##', '01 45 ## ## ##', '0612######', '06-23-##-##-##'],
    ['+33 6 12 ## ## ##', '+33 (0)1 45 ## ## ##', '0033 6 81 ## ## ##', '+33612######'],
  ],
  [
    'es',
    ['612 ### ###', '91 4## ## ##', '654 ## ## ##', '93 4## ## ##', '655######'],
    ['+34 612 ### ###', '+34 91 4## ## ##', '0034 654 ### ###', '+34655######'],
  ],
  [
    'it',
    ['347 #######', '02 4#######', '338-#######', '06 6### ####', '333 ### ####'],
    ['+39 347 #######', '+39 02 4#######', '0039 338 #######', '+39 06 6#######'],
  ],
  [
    'pt',
    ['912 ### ###', '21 3## ## ##', '966 ### ###', '(11) 9812#-####', '(21) 2512-####'],
    ['+351 912 ### ###', '+351 21 3## ## ##', '+55 11 9812#-####', '+55 (21) 9961#-####'],
  ],
  [
    'nl',
    ['06 12######', '06-4#######', '020 6######', '010-4######', '0612######'],
    ['+31 6 12######', '+31 (0)20 6######', '0031 6 4#######', '+31612######'],
  ],
  [
    'pl',
    ['601 ### ###', '22 6## ## ##', '512-###-###', '(22) 6## ## ##', '790######'],
    ['+48 601 ### ###', '+48 22 6## ## ##', '0048 512 ### ###', '+48790######'],
  ],
  [
    'tr',
    ['0532 ### ## ##', '0212 3## ## ##', '(0542) ### ## ##', '0505 ### ####'],
    ['+90 532 ### ## ##', '+90 212 3## ## ##', '0090 542 ### ## ##', '+90505#######'],
  ],
  [
    'sv',
    ['070-2## ## ##', '08-5## ### ##', '073 7## ## ##', '0702######'],
    ['+46 70 2## ## ##', '+46 8 5## ### ##', '0046 73 7## ## ##', '+46702######'],
  ],
  ['hi', ['98100 #####', '94480#####', '022 2### ####'], ['+91 98100 #####', '+91-94480-#####', '+9199000#####']],
  ['ja', ['090-3#8#-####', '03-3###-####', '080-4###-####'], ['+81 90 3### ####', '+81-3-3###-####']],
  ['zh', ['138 #### ####', '139########', '010-6### ####'], ['+86 138 #### ####', '+86 10 6### ####']],
  ['ko', ['010-2###-####', '02-7##-####', '010 4### ####'], ['+82 10 2### ####', '+82-2-7##-####']],
]

const dialled = (rng: Rng, shape: string): string =>
  shape.replace(/[N#]/g, (mark) => (mark === 'N' ? String(rng.int(2, 9)) : rng.digits(1)))

export function phoneIn(rng: Rng, lang: Lang): string {
  const own = PHONES.filter(([spoken]) => spoken === lang)
  const [, local, abroad] = rng.pick(own.length > 0 ? own : PHONES)
  return dialled(rng, rng.pick(rng.chance(0.65) ? local : abroad))
}

const NO_PHONES = [
  'ORD-####-#####',
  '978-3-16-######-#',
  '##-###-####-A',
  '2024-####-####',
  '###.###.###,##',
  '####:####:##',
  'SKU ###-####',
  '1Z 999 AA1 ## #### ####',
  '#####-####-###-#',
  '20240######',
  '17###########',
  '4#.######, 11.######',
  '0.##########',
  'PN ###-###-####-##',
  '####/####/####',
  '12:##:##.######',
  'RFC ####',
  '######-######-######-##',
  'T-########',
  'INV##########',
]

const ipv4 = (rng: Rng): string => {
  const first = rng.pick([5, 8, 23, 31, 46, 52, 62, 77, 81, 84, 91, 109, 129, 141, 151, 176, 185, 193, 195, 212, 213])
  return [first, rng.int(1, 254), rng.int(0, 254), rng.int(1, 254)].join('.')
}
const group = (rng: Rng): string => rng.text(rng.int(1, 4), HEX).replace(/^0+(?=.)/, '')
function ipv6(rng: Rng): string {
  const start = rng.pick(['2a00', '2a02', '2001:470', '2606:4700', '2a01:4f8', '2600:1f18'])
  const rest = 8 - start.split(':').length
  const full = `${start}:${Array.from({ length: rest }, () => group(rng)).join(':')}`
  return rng.pick([
    full,
    `${start}:${group(rng)}::${group(rng)}`,
    `${start}:${group(rng)}:${group(rng)}::${rng.int(1, 9)}`,
    full.toUpperCase(),
  ])
}
const noIp = (rng: Rng): string =>
  rng.pick([
    () => `v${rng.int(1, 20)}.${rng.int(0, 30)}.${rng.int(0, 20)}.${rng.int(0, 99)}`,
    () => `${rng.int(256, 999)}.${rng.int(0, 300)}.${rng.int(0, 255)}.${rng.int(0, 255)}`,
    () => `1.3.6.1.4.1.${rng.int(300, 9999)}.${rng.int(1, 9)}`,
    () => `${rng.int(1, 28)}.${rng.int(1, 12)}.20${rng.int(18, 26)}`,
    () => `${rng.int(10, 23)}:${rng.int(10, 59)}:${rng.int(10, 59)}`,
    () => `std::${word(rng)}::${word(rng)}`,
    () => `${rng.int(1, 9)}.${rng.int(1, 9)}.${rng.int(1, 9)}.${rng.int(1, 9)}.${rng.int(1, 9)}`,
    () => `${word(rng)}-${rng.int(1, 9)}.${rng.int(0, 30)}.${rng.int(0, 9)}.tgz`,
    () => `12${rng.text(3, HEX)}:9${rng.text(3, HEX)}::${rng.text(3, 'ghij')}`,
  ])()

const pairs = (rng: Rng, count: number, separator: string): string =>
  Array.from({ length: count }, () => rng.text(2, HEX)).join(separator)
const mac = (rng: Rng): string => {
  const start = rng.pick(['00:1a:2b', '3c:22:fb', 'f4:5c:89', 'b8:27:eb', 'a4:83:e7', '00:50:56'])
  const value = `${start}:${pairs(rng, 3, ':')}`
  const plain = value.replaceAll(':', '')
  return rng.pick([
    value,
    value,
    value.toUpperCase(),
    value.replaceAll(':', '-'),
    value.replaceAll(':', '-').toUpperCase(),
    `${plain.slice(0, 4)}.${plain.slice(4, 8)}.${plain.slice(8)}`,
  ])
}
const noMac = (rng: Rng): string =>
  rng.pick([
    () => pairs(rng, 5, ':'),
    () => pairs(rng, 20, ':').toUpperCase(),
    () => pairs(rng, 16, ':'),
    () => `${rng.text(2, 'ghjk')}:${pairs(rng, 5, ':')}`,
    () => pairs(rng, 8, '-'),
    () => `${rng.text(4, HEX)}.${rng.text(4, HEX)}.${rng.text(2, HEX)}`,
  ])()

const userAndPassword = (rng: Rng): string =>
  `${rng.pick(['svc_', 'app-', 'deploy', 'reporting', 'ro_', 'backup'])}${word(rng)}:${rng.text(rng.int(8, 16), `${LOWER}${LOWER.toUpperCase()}${DIGITS}_-.~!`)}`

export const CONTACT: readonly Kind[] = [
  {
    type: 'EMAIL_ADDRESS',
    family: 'email',
    labels: {
      en: ['email', 'e-mail address', 'mail'],
      de: ['E-Mail', 'E-Mail-Adresse', 'Mail'],
      fr: ['e-mail', 'adresse e-mail', 'courriel'],
      es: ['correo', 'correo electrónico', 'email'],
      it: ['e-mail', 'indirizzo e-mail', 'posta'],
      pt: ['e-mail', 'endereço de e-mail'],
      nl: ['e-mail', 'e-mailadres'],
      pl: ['e-mail', 'adres e-mail'],
      tr: ['e-posta', 'e-posta adresi'],
      sv: ['e-post', 'e-postadress'],
      ja: ['メールアドレス'],
      zh: ['邮箱', '电子邮件'],
      ko: ['이메일'],
      hi: ['ईमेल'],
    },
    keys: ['email', 'email_address', 'contact_email'],
    neighbours: [],
    value: email,
    broken: noEmail,
    bare: email,
  },
  {
    type: 'PHONE_NUMBER',
    family: 'phone',
    labels: {
      en: ['phone', 'phone number', 'mobile', 'cell'],
      de: ['Telefon', 'Tel.', 'Handynummer', 'Mobil'],
      fr: ['téléphone', 'tél.', 'portable', 'numéro de téléphone'],
      es: ['teléfono', 'tel.', 'móvil', 'celular'],
      it: ['telefono', 'tel.', 'cellulare'],
      pt: ['telefone', 'telemóvel', 'celular', 'tel.'],
      nl: ['telefoon', 'tel.', 'telefoonnummer', 'mobiel'],
      pl: ['telefon', 'tel.', 'numer telefonu', 'komórka'],
      tr: ['telefon', 'tel', 'cep telefonu', 'telefon numarası'],
      sv: ['telefon', 'tel', 'mobil', 'telefonnummer'],
      ja: ['電話番号', '携帯'],
      zh: ['电话', '手机号'],
      ko: ['전화번호', '휴대폰'],
      hi: ['फ़ोन', 'मोबाइल नंबर'],
    },
    keys: ['phone', 'phone_number', 'mobile'],
    neighbours: ['IMEI', 'UK_NHS', 'US_SSN', 'PL_REGON'],
    value: (rng, lang = 'en') => phoneIn(rng, lang),
    broken: (rng) => dialled(rng, rng.pick(NO_PHONES)),
    bare: (rng) => dialled(rng, rng.pick(rng.pick(PHONES)[2])),
  },
  {
    type: 'IP_ADDRESS',
    family: 'network',
    labels: {
      en: ['IP address', 'client IP', 'IP'],
      de: ['IP-Adresse', 'IP'],
      fr: ['adresse IP', 'IP'],
      es: ['dirección IP', 'IP'],
      it: ['indirizzo IP', 'IP'],
      pt: ['endereço IP', 'IP'],
      nl: ['IP-adres', 'IP'],
      pl: ['adres IP', 'IP'],
      tr: ['IP adresi', 'IP'],
      sv: ['IP-adress', 'IP'],
    },
    keys: ['ip', 'client_ip', 'remote_addr'],
    neighbours: ['MAC_ADDRESS'],
    value: (rng) => (rng.chance(0.65) ? ipv4(rng) : ipv6(rng)),
    broken: noIp,
    bare: (rng) => (rng.chance(0.65) ? ipv4(rng) : ipv6(rng)),
  },
  {
    type: 'MAC_ADDRESS',
    family: 'network',
    labels: {
      en: ['MAC address', 'MAC', 'hardware address'],
      de: ['MAC-Adresse', 'MAC'],
      fr: ['adresse MAC', 'MAC'],
      es: ['dirección MAC', 'MAC'],
      it: ['indirizzo MAC', 'MAC'],
      pt: ['endereço MAC', 'MAC'],
      nl: ['MAC-adres', 'MAC'],
      pl: ['adres MAC', 'MAC'],
      tr: ['MAC adresi', 'MAC'],
      sv: ['MAC-adress', 'MAC'],
    },
    keys: ['mac', 'mac_address', 'hw_addr'],
    neighbours: ['IP_ADDRESS'],
    value: mac,
    broken: noMac,
    bare: mac,
  },
  {
    ...kind({
      type: 'URL_CREDENTIALS',
      family: 'url',
      labels: { en: ['login'] },
      keys: ['url', 'endpoint'],
      make: userAndPassword,
    }),
    broken: (rng) =>
      rng.pick([
        () => `${hostName(rng)}:${rng.int(1000, 9999)}`,
        () => '${USER}:${PASS}@',
        () => `${hostName(rng)}/@${word(rng)}`,
        () => 'git@',
        () => `${hostName(rng)}/a:b/c@2x`,
      ])(),
    bare: userAndPassword,
  },
]
