import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'

const addresses = (text: string): string[] => valuesIn(text, 'ADDRESS')
const postcodes = (text: string): string[] => valuesIn(text, 'POSTCODE')

describe('addresses', () => {
  it.each([
    ['I live at 12 Main Street, Springfield, IL 62704 now', '12 Main Street, Springfield, IL 62704'],
    ['221B Baker Street', '221B Baker Street'],
    ['1600 Pennsylvania Ave NW', '1600 Pennsylvania Ave NW'],
    ['wohnt in der Hauptstraße 12, 10115 Berlin', 'Hauptstraße 12, 10115 Berlin'],
    ['Am Alten Markt 5: Lindenallee 7a', 'Lindenallee 7a'],
    ['12 rue de la Paix', '12 rue de la Paix'],
    ['Calle Mayor 5, 28013 Madrid', 'Calle Mayor 5, 28013 Madrid'],
    ['Via Roma 10', 'Via Roma 10'],
    ['ul. Marszałkowska 10/12', 'ul. Marszałkowska 10/12'],
    ['Keizersgracht 123', 'Keizersgracht 123'],
    ['Storgatan 5', 'Storgatan 5'],
  ])('%s', (text, address) => expect(addresses(text)).toEqual([address]))

  it.each([
    'the street is 5 km long',
    'Straße 5',
    'chapter 4 of the drive',
    'in 2024 the road',
    'via email 10',
    'drive 3 times',
  ])('%s has none', (text) => expect(addresses(text)).toEqual([]))
})

describe('postal codes', () => {
  it.each([
    ['London NW1 6XE', 'NW1 6XE'],
    ['Ottawa K1A 0B6', 'K1A 0B6'],
    ['1015 CJ Amsterdam', '1015 CJ'],
    ['Springfield, IL 62704', '62704'],
    ['zip code: 90210-1234', '90210-1234'],
    ['PLZ 10115', '10115'],
    ['CEP 01310-100', '01310-100'],
    ['kod pocztowy 00-950', '00-950'],
    ['郵便番号 100-0001', '100-0001'],
  ])('%s', (text, code) => expect(postcodes(text)).toEqual([code]))
  it.each(['order 90210', '2024 AD', '1200 PM', 'room 1015', '10115', 'A1A 1A', 'v1.10115'])('%s has none', (text) =>
    expect(postcodes(text)).toEqual([]),
  )
})
