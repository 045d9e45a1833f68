import { describe, expect, it } from 'vitest'
import { hitsIn } from './pii.fixture.ts'

/* Whole texts as people, programs and models write them: all that is found in each, and nothing else. */

/** `TYPE value`, left to right; where several types claim one stretch, the surest. */
function found(text: string): string[] {
  const hits = hitsIn(text).toSorted((a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start))
  const kept = hits.filter(
    (hit, at) => !hits.slice(0, at).some((other) => other.start < hit.end && hit.start < other.end),
  )
  return kept.toSorted((a, b) => a.start - b.start).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
}

describe('texts with nobody’s data', () => {
  it.each([
    '[2024-05-11 08:14:23] ERROR db.pool - timeout after 30000 ms on 10.0.4.12:5432 (attempt 3/5), last_insert_id=4411902337, build 2.14.0-rc.3, commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'Let me share the numbers from Q3: revenue 4,512,330 USD, 12,881 orders, churn 3.4 %, NPS 52. Compare 2022: 3,998,410.',
    'ISBN 978-3-16-148410-0, DOI 10.1000/182, ISSN 2049-3630, arXiv:2401.01234v2, EAN 4006381333931, UPC 036000291452',
    'Meter 5512 reads 004512.7; tracking 1Z999AA10123456784; flight BA117 seat 22A PNR X7K9QP; gate B42 at 17:25.',
    'Lat 52.520008, lon 13.404954, altitude 34.2 m. Sensor id 0013A20041B2C3D4, firmware 1.0.0.77, checksum d41d8cd98f00b204e9800998ecf8427e.',
    'Version 10.0.19045.4291 of Windows; driver 31.0.15.3623; KB5036893; error 0xc0000005; PID 4120; port 49664',
    'The scores were 21-19, 18-21, 21-17 and 555-1234 viewers tuned in on 11/05/2024 at 20:15.',
    'chr7:140453136-140453136 A>T, rs113488022, NM_004333.6:c.1799T>A, depth 1204x, AF 0.4312',
    'π ≈ 3.141592653589793, e ≈ 2.718281828459045, c = 299792458 m/s, NA = 6.02214076e23',
    'student id 20231187, library card 29012004471, locker 118, GPA 3.71, credits 96',
    'Copyright (c) 2014-2017, 2021 TJ Example. Permission is hereby granted, free of charge, version 2.0.',
    'We saw 4111 requests, 1111 errors, 1111 retries and 1111 timeouts in the window 08:00-09:00 on node 12, shard 0044.',
    'def luhn(n):\n    # 16 digits, e.g. 1234567812345670 in the docs\nprint(luhn(79927398713), 0xDEADBEEF)',
  ])('%s', (text) => expect(found(text)).toEqual([]))
})

describe('texts with some', () => {
  it.each([
    [
      'parcel 4471 for m.holloway@fernbrook.co.uk (07700 900413) never arrived at 14 Larkspur Close, RG2 8QT. Order total £129.99.',
      [
        'EMAIL_ADDRESS m.holloway@fernbrook.co.uk',
        'PHONE_NUMBER 07700 900413',
        'ADDRESS 14 Larkspur Close',
        'POSTCODE RG2 8QT',
      ],
    ],
    [
      'geboren am 14.07.1968, Steuer-ID 86 095 742 719, IBAN DE89 3704 0044 0532 0130 00, Rechnung 2024-001877 vom 03.05.2024',
      ['DATE_OF_BIRTH 14.07.1968', 'DE_TAX_ID 86 095 742 719', 'IBAN_CODE DE89 3704 0044 0532 0130 00'],
    ],
    [
      'my card 5555 5555 5555 4444 exp 04/27 cvv 737 was declined twice. Ref 2024-0098-AB.',
      ['CREDIT_CARD 5555 5555 5555 4444', 'CVV 737'],
    ],
    [
      '|Kunde|Telefon|Kontonr.|Dato|\n|---|---|---|---|\n|Ola|412 34 567|8601 11 17947|17.05.2024|',
      ['PHONE_NUMBER 412 34 567', 'BANK_ACCOUNT 8601 11 17947'],
    ],
    [
      'マイナンバー 1234 5678 9018、電話 03-1234-5678、〒100-0001 東京都千代田区、注文番号20240511-0042',
      ['JP_MY_NUMBER 1234 5678 9018', 'PHONE_NUMBER 03-1234-5678', 'POSTCODE 100-0001'],
    ],
    [
      'VIN 1HGCM82633A004352, number plate AB12 CDE, mileage 84,210, next service 12,000 mi. Part no. 15400-PLM-A02.',
      ['VIN 1HGCM82633A004352', 'UK_VEHICLE_REGISTRATION AB12 CDE'],
    ],
    [
      'numero_siret: 39191015502885; the customer asked about NIK 3578016006475513 too',
      ['FR_SIRET 39191015502885', 'ID_NIK 3578016006475513'],
    ],
  ])('%s', (text, values) => expect(found(text)).toEqual(values))
})
