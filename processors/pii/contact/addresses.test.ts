import { describe, expect, it } from 'vitest'
import { hitsIn, valuesIn } from '../pii.fixture.ts'

const addresses = (text: string): string[] => [...new Set(valuesIn(text, 'ADDRESS'))]
const postcodes = (text: string): string[] => valuesIn(text, 'POSTCODE')

describe('calle', () => {
  it('is written with a slash', () => {
    expect(addresses('Domicilio: C/ Mayor 14, Madrid')).toEqual(['C/ Mayor 14'])
    expect(addresses('vitamin C Tablets 500')).toEqual([])
    expect(addresses('in C/C++ Primer 5')).toEqual([])
  })
})

describe('addresses', () => {
  it.each([
    ['I live at 12 Main Street, Springfield, IL 62704 now', '12 Main Street, Springfield, IL 62704'],
    ['221B Baker Street', '221B Baker Street'],
    ['at 4824 Kim Place, Apt. 4B today', '4824 Kim Place, Apt. 4B'],
    ['at 4824 Kim Place, Suite 210', '4824 Kim Place, Suite 210'],
    ['1600 Pennsylvania Ave NW', '1600 Pennsylvania Ave NW'],
    ['wohnt in der Hauptstraße 12, 10115 Berlin', 'Hauptstraße 12, 10115 Berlin'],
    ['Am Alten Markt 5: Lindenallee 7a', 'Lindenallee 7a'],
    ['12 rue de la Paix', '12 rue de la Paix'],
    ['Calle Mayor 5, 28013 Madrid', 'Calle Mayor 5, 28013 Madrid'],
    ['Via Roma 10', 'Via Roma 10'],
    ['domicilio en calle Real, número 8, piso', 'calle Real, número 8'],
    ['ul. Marszałkowska 10/12', 'ul. Marszałkowska 10/12'],
    ['Keizersgracht 123', 'Keizersgracht 123'],
    ['Storgatan 5', 'Storgatan 5'],
    ['Calle Mayor 27, 28013 Madrid. Mi móvil', 'Calle Mayor 27, 28013 Madrid'],
    ['ul. Długa 15 w Krakowie', 'ul. Długa 15'],
    ['Lindenallee 7 b, links', 'Lindenallee 7 b'],
    ['Atatürk Caddesi No: 20, 34710 Kadıköy', 'Atatürk Caddesi No: 20, 34710 Kadıköy'],
    ['2000 Market Street', '2000 Market Street'],
  ])('%s', (text, address) => expect(addresses(text)).toEqual([address]))

  it.each([
    'the street is 5 km long',
    'Straße 5',
    'make(chan os.Signal, 1)',
    'cset "name=\'AMIC_UL PDM Switch\' 0"',
    'chapter 4 of the drive',
    'in 2024 the road',
    'via email 10',
    'drive 3 times',
    'the place of I 2366',
    'waived via CC0. Sample',
    'Copyright (C) 2008-2019, 2022 Anthony Green',
    '2016 Iain Lane <iain@example.net>',
    '(c) 1998-2003 VIA Technologies',
  ])('%s has none', (text) => expect(addresses(text)).toEqual([]))
})

describe('postal codes', () => {
  it.each([
    ['London NW1 6XE', 'NW1 6XE'],
    ['Código postal: 1100-063', '1100-063'],
    ['Travessa da Espera, 12, 4050-210 Porto', '4050-210'],
    ['PLZ/Ort: 10719 Berlin', '10719'],
    ['Portland, Oregon, 97204, failed', '97204'],
    ['Singapore 560221', '560221'],
    ['C.P. 03940', '03940'],
    ['Dublin 2, D02 YX88', 'D02 YX88'],
    ['Plaza del Pilar 6, 1º A, 50003 Zaragoza', '50003'],
    ['Ottawa K1A 0B6', 'K1A 0B6'],
    ['1015 CJ Amsterdam', '1015 CJ'],
    ['Springfield, IL 62704', '62704'],
    ['zip code: 90210-1234', '90210-1234'],
    ['PLZ 10115', '10115'],
    ['CEP 01310-100', '01310-100'],
    ['kod pocztowy 00-950', '00-950'],
    ['郵便番号 100-0001', '100-0001'],
    ['〒100-0001 東京都', '100-0001'],
    ['邮编100871', '100871'],
    ['Pittsburgh PA 15213-3890', '15213-3890'],
    ['Flat 4, MG Road, Bengaluru, PIN code 560001', '560001'],
    ['name,zip\nAnn,90210', '90210'],
  ])('%s', (text, code) => expect(postcodes(text)).toEqual([code]))
  it.each([
    'sum(duration_us) / 1000 AS mean_ms',
    'Visual Studio 2017 RC',
    'f(s, x, 1000UL)',
    'BTC 9001AH Wireless',
    'cp 1047',
    'NID_id_cp 1238',
    'wrap.zip Copyright: 2019 The',
    'August 26, 2011 Darrick',
    '2021, 2022 Simon',
    'system ID 11655',
    'Employee ID 20931, hired in May',
    'Copyright 2000 VA Linux',
    'order 90210',
    '2024 AD',
    '1200 PM',
    'room 1015',
    '10115',
    'A1A 1A',
    'v1.10115',
  ])('%s has none', (text) => expect(postcodes(text)).toEqual([]))
})

it('six digits behind `PIN code` open a card, where no address stands before', () => {
  expect(hitsIn('the PIN code is 301696').map(({ type }) => type)).toContain('PIN')
  const [surest] = hitsIn('the PIN code is 301696').toSorted((a, b) => b.confidence - a.confidence)
  expect(surest!.type).toBe('PIN')
})
