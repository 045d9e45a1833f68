/*
 * How people group the digits of telephone numbers: counts of digits with what stands between them. Some groupings say by
 * themselves what they are, others only beside a word.
 */

export interface Layout {
  /** What the digits must be like. */
  readonly digits: RegExp
  /** How sure it is when no word names it; 0: not at all. */
  readonly alone: number
  /** How sure beside a word that may mean a telephone. */
  readonly called: number
  /** It stands out among other digits, and against words for other things that are not right beside it. */
  readonly solid: boolean
}

const NORTH_AMERICA = /^1?[2-9](?!11)\d\d[2-9](?!11)\d{6}$/
/** Exchanges that nobody has, as examples and made-up numbers do. */
const MADE_UP = /^1?[2-9]\d{9}$/
const FRANCE = /^0[1-9]/
const BRAZIL = /^0?[1-9][1-9](?:9\d{8}|[2-5]\d{7})$/
const RUSSIA = /^8[3489]/
const CHINA = /^1[3-9]/
const ANY = /^[1-9]/

const ROWS: readonly (readonly [shapes: string, digits: RegExp, alone: number, called: number, solid?: true])[] = [
  ['(3) 3-4|(3)3-4|(3) 3.4|(3)-3-4|(3)3.4|(3) 3 - 4|(3) 3 4', NORTH_AMERICA, 0.85, 0.9, true],
  ['1 (3) 3-4|1(3)3-4|1-(3)-3-4|1-(3) 3-4|1 (3)3-4|1 (3) 3 4|1 (3) 3.4', NORTH_AMERICA, 0.85, 0.9, true],
  ['3-3-4|1-3-3-4|1 3-3-4', NORTH_AMERICA, 0.8, 0.9, true],
  ['(3) 3-4|(3)3-4|3-3-4|1-3-3-4|1 (3) 3-4|1 3-3-4', MADE_UP, 0.55, 0.75],
  ['3.3.4|1.3.3.4|3/3-4|3 3-4|1 3 3-4|3-3 4|3/3/4|3 - 3 - 4|3. 3. 4|(3)3 4|(3)7|(3) 7', NORTH_AMERICA, 0.7, 0.85],
  ['3 3 4|1 3 3 4|1-3 3 4', NORTH_AMERICA, 0.55, 0.75],
  ['2 2 2 2 2|2.2.2.2.2|2-2-2-2-2', FRANCE, 0.75, 0.9],
  ['(2) 5-4|(2)5-4|(2) 4-4|(2)4-4|(2) 5 4|(2) 4 4|(3) 5-4|(3) 4-4|(2) 1 4-4|(2) 1 4 4', BRAZIL, 0.75, 0.9, true],
  ['2 5-4|2 1 4-4|2-5-4', BRAZIL, 0.65, 0.85],
  ['1 (3) 3-2-2|1(3)3-2-2|1 (3) 3 2 2|1 (3)3-2-2|1(3) 3-2-2', RUSSIA, 0.85, 0.9, true],
  ['1-3-3-2-2|1 3 3-2-2|1 3 3 2 2|1 (3) 7|1(3)7', RUSSIA, 0.75, 0.9],
  ['3 4 4|3-4-4', CHINA, 0.65, 0.8],
  ['(2) 3 2 2|(2) 3-2-2|(2)3-2-2|(2) 2 2 3', ANY, 0, 0.65],
  [
    '2 2 2 2|2-2-2-2|3 3 3|3-3-3|3.3.3|4 4|4-4|3 2 2 2|3-2-2-2|2 3 2 2|2-3-2-2|3 2 3|2 4 4|2 4-4|2-4-4|2 3 4',
    ANY,
    0,
    0.6,
  ],
  [
    '5 5|5-5|3 6|3-6|3 7|3-7|3 3 2 2|3-3-2-2|3-4|3 4|2 3 3|4 3 3|4-3-3|2 7|2-7|4 3 2|1 4 4|1 3 4|1-3-4|4-2-2-2|3-2-2',
    ANY,
    0,
    0.6,
  ],
]

export const LAYOUTS: ReadonlyMap<string, readonly Layout[]> = layoutsByShape()

function layoutsByShape(): Map<string, Layout[]> {
  const byShape = new Map<string, Layout[]>()
  for (const [shapes, digits, alone, called, solid = false] of ROWS)
    for (const shape of shapes.split('|'))
      byShape.set(shape, [...(byShape.get(shape) ?? []), { digits, alone, called, solid }])
  return byShape
}
