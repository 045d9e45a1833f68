import { expect, it } from 'vitest'
import { jsonPath } from './json-path.ts'

it.each([
  ['{"customer":{"ssn":"X"}}', 'customer.ssn'],
  ['{"a":1,"list":[{"b":0},{"c":"X"}]}', 'list.1.c'],
  ['[["X"]]', '0.0'],
  ['{"a":{"b":2},"c":"X"}', 'c'],
  ['{"q\\"uote":"X"}', 'q\\"uote'],
  ['{"a":"{[:,","b": X}', 'b'],
  [' {"a":"X', 'a'],
  ['no JSON "a": X', ''],
  ['}]{"a":X', ''],
  ['{{{{"a":[,,X', '...a.2'],
])('%s', (text, path) => expect(jsonPath(text, text.indexOf('X'))).toBe(path))
