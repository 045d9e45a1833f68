import { BALTIC } from './baltic.ts'
import { complete, dated, describeIds, digits, join, oneOf, sumOf, two, yymmdd } from './ids.fixture.ts'

const personal = complete(join(oneOf('3', '4'), yymmdd, digits(3)), (body) => {
  const first = sumOf(body, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
  const second = sumOf(body, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11
  return body + String(first < 10 ? first : second < 10 ? second : 0)
})
/** Published as 1101 less the weighed sum, mod 11. */
const latvian = complete(
  join(
    dated((year, month, day) => `${two(day)}${two(month)}${two(year)}1`),
    digits(3),
  ),
  (body) => {
    const check = (1101 - sumOf(body, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11
    return check === 10 ? undefined : body + String(check)
  },
)

describeIds(BALTIC, {
  EE_ISIKUKOOD: {
    valid: ['37605030299', '36805280109', '38001085718'],
    invalid: ['37605030298', '37613030299', '97605030299', '36802310106'],
    made: personal,
    // Where the first weights leave ten the second ones decide, and ten again is written as 0.
    caught: 0.95,
  },
  LT_ASMENS_KODAS: {
    valid: ['38703181745', '3-8703181745', '33309240064'],
    invalid: ['38703181746', '38713181745'],
    made: personal,
    caught: 0.95,
  },
  LV_PERSONAS_KODS: {
    valid: ['161175-19997', '16117519997'],
    unknown: ['327321-12345'],
    invalid: ['161175-19998', '161375-19997', '161175-39997'],
    made: latvian,
    caught: 0.95,
  },
})
