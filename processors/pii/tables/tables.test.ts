import { describe, expect, it } from 'vitest'
import { hitsIn } from '../pii.fixture.ts'

/* What a column's name says holds for every row below it, however far that is. */

const BORN = 'DATE_OF_BIRTH'
const SSN = 'US_SSN'

const found = (text: string): string[] =>
  hitsIn(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)

const rows = (row: (at: number) => string, joint: string): string =>
  Array.from({ length: 5 }, (_, at) => row(at)).join(joint)
const expected = (column: (at: number) => string[]): string[] => Array.from({ length: 5 }, (_, at) => column(at)).flat()

describe('statements of SQL', () => {
  const both = expected((at) => [`${BORN} 198${at}-03-12`, `${SSN} 40210883${at}`])
  const written = rows((at) => `(${at}, 'Ann (A), b', '198${at}-03-12', '40210883${at}')`, ',\n')

  it('name the columns of all their rows', () =>
    expect(found(`INSERT INTO people (id, name, born, ssn) VALUES\n${written};`)).toEqual(both))
  it('write into the columns that the table was made with', () =>
    expect(
      found(
        `CREATE TABLE \`people\` (\n  \`id\` int NOT NULL DEFAULT '0',\n  \`name\` varchar(80),\n  \`dob\` date,\n  \`ssn\` char(9),\n` +
          `  PRIMARY KEY (\`id\`)\n) ENGINE=InnoDB;\nINSERT INTO \`people\` VALUES ${written};`,
      ),
    ).toEqual(both))
  it('follow one another, each with columns of its own', () =>
    expect(
      found(
        "INSERT INTO a (id, dob) VALUES (1, '1985-03-12');\nINSERT INTO b (id, made) VALUES (1, '1985-03-13');\n" +
          "INSERT INTO c (id, phone) VALUES (1, '6175550182');",
      ),
    ).toEqual([`${BORN} 1985-03-12`, 'PHONE_NUMBER 6175550182']))
  it('copy rows with tabs', () =>
    expect(
      found(
        `COPY public.people (id, name, dob, ssn) FROM stdin;\n${rows((at) => `${at}\tAnn\t198${at}-03-12\t40210883${at}`, '\n')}\n\\.\n`,
      ),
    ).toEqual(both))
})

describe('markup', () => {
  it('names the cells of a row in their order', () =>
    expect(
      found(
        `<table><tr><th>Name</th><th class="d">Born</th><th><b>SSN</b></th></tr>\n` +
          `${rows((at) => `<tr><td>Ann</td>\n<td class="d">198${at}-03-12</td><td>40210883${at}</td></tr>`, '\n')}</table>`,
      ),
    ).toEqual(expected((at) => [`${BORN} 198${at}-03-12`, `${SSN} 40210883${at}`])))
  it('says nothing of a column with another name', () =>
    expect(found('<tr><th>SSN</th><th>Order</th></tr><tr><td>402108837</td><td>402108838</td></tr>')).toEqual([
      `${SSN} 402108837`,
    ]))
})

describe('lines of names', () => {
  it('may be as many as the text has room for', () => {
    const table = (at: number): string => `| name | ssn |\n|---|---|\n| Ann | ${402_108_830 + at} |\n\n`
    const text = Array.from({ length: 300 }, (_, at) => table(at)).join('and\n')
    expect(found(text)).toEqual(Array.from({ length: 300 }, (_, at) => `${SSN} ${402_108_830 + at}`))
  })
  it('may stand one behind another in Markdown, with text between', () =>
    expect(
      found(
        `People: see below.\n\n| Name | SSN |\n|---|--:|\n| Ann | 402108837 |\n\nAnd their papers:\n\n` +
          `| Who | Born |\n| :- | :-: |\n| Ann | 1985-03-12 |\n| Ben | 1986-03-12 |\n`,
      ),
    ).toEqual([`${SSN} 402108837`, `${BORN} 1985-03-12`, `${BORN} 1986-03-12`]))
  it('may number their names', () =>
    expect(found('phone_1,phone_2\n6175550182,6175550119\n')).toEqual([
      'PHONE_NUMBER 6175550182',
      'PHONE_NUMBER 6175550119',
    ]))
  it('are none where numbers alone are named', () => expect(found('a1,b2\n6175550182,6175550119\n')).toEqual([]))
})

describe('lists of lists', () => {
  it('have their names apart', () =>
    expect(found('{"columns":["name","dob","telefone"],"data":[["Ana","1985-03-12","11987654021"]]}')).toEqual([
      `${BORN} 1985-03-12`,
      'PHONE_NUMBER 11987654021',
    ]))
})
