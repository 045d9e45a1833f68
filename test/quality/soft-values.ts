import { LOWER, UPPER, type Rng } from './rng.ts'
import type { Half } from './templates/templates.ts'

export interface SoftType {
  readonly type: string
  value(rng: Rng): string
  readonly sentences: Readonly<Record<Half, readonly string[]>>
  /** Whole sentences without one; as many are drawn as positives. */
  readonly negatives: Readonly<Record<Half, readonly string[]>>
}

const number = (rng: Rng): number => rng.int(1, 180)
const address = (rng: Rng): string =>
  rng.pick([
    () =>
      `${number(rng)} ${rng.pick(['Elm', 'Station', 'Victoria', 'Church', 'Maple'])} ${rng.pick(['Street', 'Road', 'Avenue', 'Lane', 'St'])}, ${rng.pick(['Leeds', 'Bristol', 'Dover'])}`,
    () =>
      `${rng.int(100, 9900)} ${rng.pick(['Oak', 'Cedar', 'Washington', 'Lake'])} ${rng.pick(['Ave', 'Blvd', 'Drive', 'Court'])}, ${rng.pick(['Springfield, IL 62704', 'Austin, TX 78701', 'Portland, OR 97205'])}`,
    () =>
      `${rng.pick(['Hauptstraße', 'Gartenweg', 'Lindenallee', 'Schillerstr.'])} ${number(rng)}, ${rng.pick(['10115 Berlin', '80331 München', '50667 Köln'])}`,
    () =>
      `${number(rng)} ${rng.pick(['rue de la Paix', 'avenue Foch', 'boulevard Voltaire'])}, ${rng.pick(['75002 Paris', '69003 Lyon'])}`,
    () =>
      `${rng.pick(['Calle Mayor', 'Avenida de América', 'Plaza España'])} ${number(rng)}, ${rng.pick(['28013 Madrid', '08007 Barcelona'])}`,
    () =>
      `${rng.pick(['Via Roma', 'Corso Garibaldi', 'Piazza Dante'])} ${number(rng)}, ${rng.pick(['20121 Milano', '00184 Roma'])}`,
    () => `${rng.pick(['Rua Augusta', 'Avenida da Liberdade'])} ${number(rng)}, 1100-053 Lisboa`,
    () => `${rng.pick(['Dorpsstraat', 'Keizersgracht', 'Stationsweg'])} ${number(rng)}, 1012 AB Amsterdam`,
    () => `ul. ${rng.pick(['Długa', 'Kwiatowa', 'Polna'])} ${number(rng)}, 31-147 Kraków`,
    () => `${rng.pick(['Storgatan', 'Kungsgatan', 'Skolvägen'])} ${number(rng)}, 111 23 Stockholm`,
    () => `Atatürk Caddesi No: ${number(rng)}, 34710 Kadıköy`,
  ])()

const PLAIN: Readonly<Record<Half, readonly string[]>> = {
  development: [
    'The road ahead is long and the plan needs work.',
    'We met in room 12 on the second floor.',
    'He turned 180 degrees and left.',
    'The street was empty at night.',
    'Version 43 is stable for years.',
    'Use the login page to continue.',
    'French fries are not French.',
    'The polish on the table is new.',
    'The patient waited for his turn patiently.',
    'Our database is healthy again.',
  ],
  blind: [
    'An avenue for growth is the export market.',
    'Table 14 is free now.',
    'It took 27 minutes to get there.',
    'The square root of 144 is 12.',
    'The warranty lasts 5 years.',
    'Type your user story in one sentence.',
    'A Danish with coffee, please.',
    'The party starts at eight.',
    'The code review found a memory leak.',
    'Inflation cools as markets recover.',
  ],
}

export const SOFT: readonly SoftType[] = [
  {
    type: 'ADDRESS',
    value: address,
    sentences: {
      development: [
        'Please deliver it to {v}.',
        'Address: {v}',
        'I live at {v} since May.',
        'ship_to: "{v}"',
        'Meine Adresse ist {v}.',
        'Mon adresse : {v}',
      ],
      blind: [
        'We moved to {v} last week.',
        'Home address - {v}',
        'The technician should come to {v} tomorrow.',
        '{"address":"{v}"}',
        'Lieferung an: {v}',
        'Vivo en {v}',
      ],
    },
    negatives: PLAIN,
  },
  {
    type: 'POSTCODE',
    value: (rng) =>
      rng.pick([
        `${rng.text(2, 'ABELMNS')}${rng.int(1, 9)} ${rng.int(1, 9)}${rng.text(2, 'ABDEHJ')}`,
        `${rng.int(10, 99)}${rng.digits(3)}`,
        `K${rng.int(1, 9)}A ${rng.int(1, 9)}B${rng.int(1, 9)}`,
        `${rng.int(1000, 9999)} ${rng.text(2, 'ABCDEG')}`,
      ]),
    sentences: {
      development: ['My postcode is {v}.', 'zip code: {v}', 'PLZ {v}', 'code postal {v}', '{"postal_code":"{v}"}'],
      blind: ['What is delivery to postcode {v}?', 'ZIP {v}', 'Postleitzahl: {v}', 'código postal {v}', 'postcode={v}'],
    },
    negatives: PLAIN,
  },
  {
    type: 'AGE',
    value: (rng) => String(rng.int(19, 94)),
    sentences: {
      development: [
        'I am {v} years old and new here.',
        'aged {v}, otherwise healthy',
        'Ich bin {v} Jahre alt.',
        'J’ai {v} ans.',
        'Tengo {v} años.',
        'pt is a {v} y/o male',
      ],
      blind: [
        'She is {v} years old.',
        'age: {v}',
        'Mein Vater ist {v} Jahre alt.',
        'Il a {v} ans.',
        'Ho {v} anni.',
        'a {v}-year-old woman with chest pain',
      ],
    },
    negatives: PLAIN,
  },
  {
    type: 'USERNAME',
    value: (rng) =>
      rng.pick([
        `${rng.text(1, LOWER)}${rng.text(5, LOWER)}${rng.int(1, 99)}`,
        `${rng.text(4, LOWER)}_${rng.text(4, LOWER)}`,
        `${rng.text(1, UPPER)}${rng.text(6, LOWER)}${rng.int(10, 99)}`,
      ]),
    sentences: {
      development: [
        'username: {v}',
        'my user name is {v}',
        '{"username":"{v}"}',
        'Benutzername: {v}',
        'login={v}',
        'nom d’utilisateur : {v}',
      ],
      blind: [
        'The username {v} is locked.',
        'user_name = "{v}"',
        'Mein Benutzername ist {v}.',
        'usuario: {v}',
        'gebruikersnaam: {v}',
        'I log in as user {v}',
      ],
    },
    negatives: PLAIN,
  },
  {
    type: 'NRP',
    value: (rng) =>
      rng.pick([
        'Catholic',
        'Muslim',
        'Jewish',
        'Buddhist',
        'Protestant',
        'atheist',
        'German',
        'Turkish',
        'Nigerian',
        'Polish',
        'Brazilian',
        'conservative',
        'socialist',
        'Republican',
      ]),
    sentences: {
      development: ['She is {v} and proud of it.', 'He was raised {v}.', 'nationality or belief: {v}'],
      blind: ['My neighbour is {v}.', 'They identify as {v}.', 'religion/nationality: {v}'],
    },
    negatives: PLAIN,
  },
  {
    type: 'HEALTH',
    value: (rng) =>
      rng.pick([
        'type 2 diabetes',
        'breast cancer',
        'depression',
        'asthma',
        'HIV',
        'epilepsy',
        'multiple sclerosis',
        'hypertension',
        'schizophrenia',
        'hepatitis C',
      ]),
    sentences: {
      development: ['I was diagnosed with {v} last year.', 'Dx: {v}', 'He suffers from {v}.'],
      blind: ['My mother has {v}.', 'History of {v}, on medication.', 'She is treated for {v}.'],
    },
    negatives: PLAIN,
  },
]
