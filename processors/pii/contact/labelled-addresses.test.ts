import { describe, expect, it } from 'vitest'
import { valuesIn } from '../pii.fixture.ts'

const addresses = (text: string): string[] => valuesIn(text, 'ADDRESS')

describe('what a field calls an address', () => {
  it.each([
    [
      'Current address: Flat 12, Marlowe House, 5 Deptford Broadway, London',
      'Flat 12, Marlowe House, 5 Deptford Broadway',
    ],
    ['Property: 38 Fernlea Close, Harrogate, HG2 8QT\nBank', '38 Fernlea Close, Harrogate, HG2 8QT'],
    ['{"street":"An der Mühle 22","zip":"02826"}', 'An der Mühle 22'],
    ['{"line1": "3310 Peachtree Industrial Blvd"}', '3310 Peachtree Industrial Blvd'],
    ['**Straße:** An der Mühle 22', 'An der Mühle 22'],
    ['Address: 14 Merrion Row  Tel: 01 555 0123', '14 Merrion Row'],
    ['Address: 12 The Oaks, phone 555-0123', '12 The Oaks'],
    ['Адрес: ул. Тверская, д. 12, кв. 45', 'ул. Тверская, д. 12, кв. 45'],
    ['地址：北京市朝阳区建国路88号3单元502室\n邮编', '北京市朝阳区建国路88号3单元502室'],
    ['住所：東京都渋谷区道玄坂2-10-7\n電話', '東京都渋谷区道玄坂2-10-7'],
    ['주소: 서울특별시 강남구 테헤란로 152\n우편', '서울특별시 강남구 테헤란로 152'],
    ['Name;Straße;PLZ\nHübner;An der Mühle 22;02826', 'An der Mühle 22'],
    ['name,address,x\nBo,12 The Oaks,2', '12 The Oaks'],
  ])('%s', (text, address) => expect(addresses(text)).toContain(address))

  it.each([
    'address: 0x7ffd5e8a3c40',
    'IP address: 192.168.0.1:8080',
    'Email address: ann12@example.net',
    'address: see section 4 of what was agreed before',
    'Street: unknown',
    'address: Ann Smith, phone 555 0123',
    'Property: width 320',
    'street = get_street(12)',
    'name,address,x\nBo,unknown,12',
    'residence: 12 months',
  ])('%s has none', (text) => expect(addresses(text)).toEqual([]))
})
