import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'
import { BANK_ACCOUNTS } from './bank-accounts.ts'
import { anyShape, describeIds } from './ids.fixture.ts'

describeIds(BANK_ACCOUNTS, {
  BANK_ACCOUNT: {
    unknown: ['4417728', '012180001234567891', '40817810099910004312', '110-123-456789', '12345-6'],
    invalid: ['00000000'],
    unproven: anyShape(BANK_ACCOUNTS, 'BANK_ACCOUNT'),
  },
  BANK_CODE: {
    unknown: ['70150000', 'SBIN0004321', '044525225', '062-000'],
    unproven: anyShape(BANK_ACCOUNTS, 'BANK_CODE').filter((code) => !/^[09]\d{7}$/.test(code)),
  },
})

const accounts = (text: string): string[] => valuesIn(text, 'BANK_ACCOUNT')
const banks = (text: string): string[] => valuesIn(text, 'BANK_CODE')

describe('accounts outside of English', () => {
  it.each([
    ['auf das Konto 1234567890, BLZ 70150000', '1234567890'],
    ['Sparkasse, Kto. 4417728', '4417728'],
    ['Compte : 20041010050500013M02606', '20041010050500013M02606'],
    ['CLABE: 012180001234567891', '012180001234567891'],
    ['CBU 2850590940090418135201', '2850590940090418135201'],
    ['Número de cuenta: 2100 0418 45 0200051332', '2100 0418 45 0200051332'],
    ['conto corrente n. 000012345678', '000012345678'],
    ['Conta corrente 12345-6', '12345-6'],
    ['Счёт 40817810099910004312', '40817810099910004312'],
    ['普通 口座番号 1234567', '1234567'],
    ['계좌번호 110-123-456789', '110-123-456789'],
  ])('%s', (text, account) => expect(accounts(text)).toContain(account))

  it.each([
    'das Konto wird mit 250000 Euro im Jahr 2024 belastet, Vorgang 123456789',
    'Kontoauszug 3/2024, Blatt 2',
    'le compte rendu 12032024',
    'la cuenta atrás de 10 segundos',
  ])('%s has none', (text) => expect(accounts(text)).toEqual([]))
})

describe('banks', () => {
  it.each([
    ['BLZ 701 500 00', '701 500 00'],
    ['IFSC SBIN0004321', 'SBIN0004321'],
    ['БИК 044525225', '044525225'],
    ['BSB 062-000', '062-000'],
    ['ABI 05428', '05428'],
  ])('%s', (text, code) => expect(banks(text)).toContain(code))

  it.each(['BLZ 00000000', 'bsb 12', 'the cab arrived at 10115', 'agencia de viajes en 2024'])('%s has none', (text) =>
    expect(banks(text)).toEqual([]),
  )
})
