import type { IdRule } from '../shapes/rule.ts'
import { unchecked } from './digits.ts'
import { runs } from './layouts.ts'
import { LINE } from './reach.ts'
import { phrases, VEHICLE } from './words.ts'

/** What vehicles bear: the layouts of many countries, told by a word. Those of Britain and India stand with their countries. */

const combined = (...parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>((all, part) => all.flatMap((begin) => part.map((end) => begin + end)), [''])

/** Germany: a district, then letters and digits. Written with a hyphen they are hardly anything else. */
const GERMAN = combined(runs('A', 1, 3), ['-'], runs('A', 1, 2), [' ', '', '-'], runs('9', 1, 4))
const GERMAN_BLANK = combined(runs('A', 1, 3), [' '], runs('A', 1, 2), [' '], runs('9', 2, 4))

const EUROPE = phrases(`
  AA-999-AA, AA 999 AA, AA999AA, 9999 AAA, 9999AAA, 9999-AAA, A-9999-AA, AA-9999-AA, A 9999 AA, A-9999-A,
  99-AAA-9, 9-AAA-99, AA-999-A, A-999-AA, 99-AA-99, AA-99-99, 99-99-AA, AA-99-AA, 99-AA-AA, AAA-99-A, A-99-AAA,
  9-AA-999, 999-AA-9, 9-AAA-999, AAA-999, AA 99 AA, 99 AA 99, 99-A-9999, 99-A-99999, 999-A-999, 999-A-9999, 999-A-99999,
  AA 99999, AAA 9999, AA 9A999, AA 99A99, AA 999A9, AA 9999A, AA 999AA, AA 99AAA, AAA A999, AAA 99AA, AAA 9A99, AAA 99A9,
  AAA 9AA9, AAA A99A, AAA 999A, AAA 99999, AA99999, AAA 999, AAA999, AAA 99A, AAA99A, AA 99 999, AA 999999, AA-99999,
  AA-999999, AA 999 999, A-99999A, A-9999A, AA-999A, AA-999AA, 99 A 9999, 99 A 99999, 99 AA 999, 99 AA 9999, 99 AAA 99,
  99 AAA 999, 99A9999, 99AA999, 99AA9999, 99AAA99, 99AAA999, A999AA99, A999AA999, A 999 AA 99, A 999 AA 999, AA 9999 AA,
  AA9999AA`)

const OVERSEAS = phrases(`
  9AAA999, AAA9999, AAA-9999, AAAA999, AAAA 999, AAAA-999, 999-AAA, 999 AAA, 999AAA, 99A 999, 9AA 999, 9AA999, A99 AAA,
  A99-AAA, AAA9A99, AAA-9A99, AAA-99-99, AAA-999-A, AA99AA, AAA 99 99, A 9999 AAA, AAA 9999 A, AA9 A999, 999 *AA, 9AA 9AA, 9AA9AA`)

const PLATE_WORDS = phrases(`
  vehicle plate, plate no, plate nr, plates number, tag number, license plates, licence plates, lic plate, license plate no,
  licence plate no, license plate number, licence plate number, vehicle registration mark, registration mark, registered as, car plate, trailer plate,
  vehicle license, index mark, kennzeichen, kfz kennzeichen, kfz kz, autokennzeichen, nummernschild, amtliches kennzeichen, kfz zeichen,
  polizeiliches kennzeichen, kontrollschild, immatriculation, immatricule, immatriculee, immatricules, plaque, plaque d immatriculation,
  plaque mineralogique, numero d immatriculation, no d immatriculation, matricula, numero de matricula, placa, placas, placa do veiculo, numero de placa,
  dominio, patente del vehiculo, targa, targata, targato, numero di targa, kenteken, kentekens, kentekennummer, kentekenplaat,
  nummerplaat, nr rej, nr rejestracyjny, numer rejestracyjny, numerze rejestracyjnym, numery rejestracyjne, numerach rejestracyjnych, tablica rejestracyjna,
  tablice rejestracyjne, rejestracja, registreringsnummer, registreringsskylt, regnr, reg nr, regnummer, kjennemerke, nummerplade, nummerpladen,
  skiltnummer, rekisterinumero, rekisteritunnus, plaka, plaka no, plakasi, plakali, arac plakasi, spz, rz, rendszam, numar de inmatriculare,
  registracni znacka, registarska oznaka, гос номер, госномер, номерной знак, номерним знаком, регистрационный знак, гос знак, государственный номер,
  номер автомобиля, 车牌, 车牌号, 车牌号码, 牌照, 车号, ナンバープレート, 차량번호, 번호판, لوحة, رقم اللوحة`)
const CAR_WORDS = phrases(`
  fahrzeug, fahrzeugs, fahrzeuge, pkw, lkw, auto, autos, wagen, wagens, motorrad, motorrads, transporter, anhanger, car, vehicle, auto mit,
  coche, vehiculo, vehicule, voiture, veicolo, voertuig`)

export const PLATES: readonly IdRule[] = [
  { type: 'VEHICLE_REGISTRATION', shapes: GERMAN, check: unchecked, words: PLATE_WORDS.concat(VEHICLE, CAR_WORDS) },
  {
    type: 'VEHICLE_REGISTRATION',
    shapes: [...GERMAN_BLANK, ...EUROPE, ...OVERSEAS],
    check: unchecked,
    words: PLATE_WORDS.concat(VEHICLE),
    close: ['plate', 'plates', 'auto', 'pkw', 'wagen'],
    upright: true,
    reach: LINE,
  },
]
