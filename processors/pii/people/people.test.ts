import { describe, expect, it } from 'vitest'
import { hitsIn, valuesIn } from '../pii.fixture.ts'

describe('dates of birth', () => {
  const found = (text: string): string[] => valuesIn(text, 'DATE_OF_BIRTH')
  it.each([
    ['DOB: 03/25/1985', '03/25/1985'],
    ['{"dateOfBirth":"1985-03-12"}', '1985-03-12'],
    ['geboren am 12. März 1985 in Berlin', '12. März 1985'],
    ['geb. 12.03.1985', '12.03.1985'],
    ['née le 1er mars 1985', '1er mars 1985'],
    ['fecha de nacimiento: 12 de marzo de 1985', '12 de marzo de 1985'],
    ['nata il 12 marzo 1985', '12 marzo 1985'],
    ['data de nascimento 12/03/85', '12/03/85'],
    ['geboortedatum: 12-03-1985', '12-03-1985'],
    ['ur. 12 marca 1985', '12 marca 1985'],
    ['doğum tarihi: 12 Mart 1985', '12 Mart 1985'],
    ['född 1985-03-12', '1985-03-12'],
    ['Родилась 12 марта 1985', '12 марта 1985'],
    ['出生日期：1985年3月12日', '1985年3月12日'],
    ['생년월일: 1985년 3월 12일', '1985년 3월 12일'],
    ['born March 12, 1985', 'March 12, 1985'],
    ['birthday is the 12th of March 1985', '12th of March 1985'],
    ['dob=19850312', '19850312'],
    ['12/03/1985 (DOB)', '12/03/1985'],
    ['name,dob,visit\nAnn,1985-03-12,2024-01-01', '1985-03-12'],
  ])('%s', (text, date) => expect(found(text)).toEqual([date]))

  it.each([
    '12/03/1985',
    'admitted 12/03/1985',
    'DOB unknown. Visit 12/03/2024',
    'born in 1985',
    'DOB: 99/99/1985',
    'born 31.02.1985',
    'dob on file, expires 12/03/2027',
    'born to run v1.2.85',
  ])('%s is none', (text) => expect(found(text)).toEqual([]))

  it('have one normal form', () => {
    for (const text of ['dob 12.3.1985', 'born 12 March 1985', 'dob 1985-03-12', 'dob 12/03/85'])
      expect(hitsIn(text).find(({ type }) => type === 'DATE_OF_BIRTH')!.normal).toBe('1985-03-12')
  })
})

describe('ages', () => {
  const found = (text: string): string[] => valuesIn(text, 'AGE')
  it.each([
    ['she is 42 years old', '42 years old'],
    ['a 42-year-old man', '42-year-old'],
    ['42yo male', '42yo'],
    ['age: 42', '42'],
    ['{"age":42}', '42'],
    ['die 42-jährige Frau', '42-jährige'],
    ['42 Jahre alt', '42 Jahre alt'],
    ['âgé de 42 ans', '42 ans'],
    ['tiene 42 años', '42 años'],
    ['ha 42 anni', '42 anni'],
    ['42 jaar oud', '42 jaar oud'],
    ['42 yaşında', '42 yaşında'],
    ['42 år gammal', '42 år gammal'],
    ['今年42岁', '42岁'],
  ])('%s', (text, age) => expect(found(text)).toEqual([age]))
  it.each(['42 years of war', 'page 42', 'for 42 ans', '42 items', 'aged well', '$42 a year', 'age 1999'])(
    '%s is none',
    (text) => expect(found(text)).toEqual([]),
  )
})

describe('names of accounts', () => {
  const found = (text: string): string[] => valuesIn(text, 'USERNAME')
  it.each([
    ['username: ann82', 'ann82'],
    ['user=bob.smith', 'bob.smith'],
    ['"login": "carol_x"', 'carol_x'],
    ['my username is dave99', 'dave99'],
    ['Benutzername: erika.m', 'erika.m'],
    ['用户名：wang_li', 'wang_li'],
  ])('%s', (text, name) => expect(found(text)).toEqual([name]))
  it.each(['user = request.user', 'username: string', 'login failed', 'the user is not here', 'user: null', '@ann82'])(
    '%s is none',
    (text) => expect(found(text)).toEqual([]),
  )
})

describe('special categories', () => {
  it('are counted, with the lowest confidence there is', () => {
    const hits = hitsIn('She is a Muslim with diabetes; die Krebserkrankung; 糖尿病')
    expect(hits.map(({ type, confidence }) => [type, confidence])).toEqual([
      ['NRP', 0.5],
      ['HEALTH', 0.5],
      ['HEALTH', 0.5],
      ['HEALTH', 0.5],
    ])
  })
  it('with another meaning in small letters are not', () => {
    expect(hitsIn('polish the table, a liberal amount of butter')).toEqual([])
    expect(hitsIn('a Polish worker').map(({ type }) => type)).toEqual(['NRP'])
  })
})
