import { describe, expect, it } from 'vitest'
import { secretsIn } from './secrets.fixture.ts'

describe('passwords below the name of their column', () => {
  it.each([
    ['of CSV', 'user,password,role\nlena,f1nken.Weg,admin\notto,"n4chtEule!",viewer'],
    [
      'of Markdown',
      '| host | user | Password |\n|---|---|---|\n| db1 | lena | f1nken.Weg |\n| db2 | otto | n4chtEule! |',
    ],
    ['between tabs', 'name\tpasswd\nlena\tf1nken.Weg\notto\tn4chtEule!\n'],
    [
      'of fixed width',
      'USER       PASSWORD     LAST LOGIN\nlena       f1nken.Weg   2026-01-04\notto       n4chtEule!   2026-02-11',
    ],
    [
      'that a database printed',
      ' login | password   \n-------+------------\n lena  | f1nken.Weg\n otto  | n4chtEule!\n(2 rows)',
    ],
  ])('%s', (_, text) => expect(secretsIn(text)).toEqual(['f1nken.Weg', 'n4chtEule!']))

  it('down to the last of many rows, and in the table behind them', () => {
    const password = (row: number): string => `f1nken.Weg${row}`
    const rows = (from: number): string =>
      Array.from({ length: 1_500 }, (_, row) => `lena${row},${password(from + row)}\n`).join('')
    const found = secretsIn(`user,password\n${rows(0)}user,password\n${rows(2_000)}`)
    expect(found).toHaveLength(3_000)
    expect(found.at(1_499)).toBe(password(1_499))
    expect(found.at(-1)).toBe(password(3_499))
  })

  it('beside a key that its form gives away', () => {
    const key = `AKIA${'Q3EGSHV5RZ2MXW7L'}`
    const text = `user,password,key\nlena,f1nken.Weg,${key}\notto,n4chtEule!,-`
    expect(secretsIn(text)).toEqual(['f1nken.Weg', key, 'n4chtEule!'])
  })

  it.each([
    '| field | type |\n|---|---|\n| password | string |',
    'user,password\nlena,<hidden>\notto,********',
    'USER       PASSWORD   LAST LOGIN\nlena       ********   2026-01-04\notto       (unset)    2026-02-11',
    'name,password,age\nlena,required,44\notto,2026-01-01,12',
    'password,\nf1nken.Weg,\n',
    'Forget your password,\nf1nken.Weg is another text,',
    "  'users.*.password',\n  'users.*.apiKey',\n",
    'syn keyword\tsecret\tpop3pw\nsyn keyword\tsecret\tz3950x\n',
    "  'smt_status', 'passwd',\n  'smt_tactics', 'R4venHill',\n",
    'option     password\nlist       pushy_https2',
    'user,password\n\nf1nken.Weg,n4chtEule!',
  ])('%s has none', (text) => expect(secretsIn(text)).toEqual([]))
})
