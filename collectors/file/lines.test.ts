import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines, START, withDocuments, type Line, type Place } from './lines.ts'

async function* chunked(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function linesOf(bytes: Buffer, sizes: readonly number[], longest = 1_000, from: Place = START): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of readLines(chunked(bytes.subarray(from.position), sizes), from, longest)) lines.push(line)
  return lines
}

const text = fc
  .array(fc.constantFrom('a', '{"é":1}', '\n', '\r\n', '', '☃'), { maxLength: 30 })
  .map((all) => all.join(''))
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })

describe('lines', () => {
  it('are the same however the bytes come, and put together they are the file', () =>
    fc.assert(
      fc.asyncProperty(text, sizes, async (content, cuts) => {
        const bytes = Buffer.from(content)
        const lines = await linesOf(bytes, cuts)
        const joined = lines.map(({ bytes: line, ended }) => `${line!.toString()}${ended ? '\n' : ''}`).join('')
        expect(joined).toBe(content)
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1))
        expect(lines.at(-1)?.after.position ?? 0).toBe(bytes.length)
      }),
    ))

  it('go on after any line as if there had been no break', () =>
    fc.assert(
      fc.asyncProperty(text, sizes, fc.nat(), async (content, cuts, pick) => {
        const bytes = Buffer.from(content)
        const all = await linesOf(bytes, cuts)
        const ended = all.filter((line) => line.ended)
        if (ended.length === 0) return
        const { after, number } = ended[pick % ended.length]!
        expect(bytes.subarray(0, after.position).subarray(-after.tail.length)).toEqual(after.tail)
        const rest = await linesOf(bytes, cuts, 1_000, after)
        expect(rest.map((line) => [line.number, line.bytes])).toEqual(
          all.slice(number).map((line) => [line.number, line.bytes]),
        )
      }),
    ))

  it('that are too long are named and passed over, and little of them is held', async () => {
    const long = Buffer.alloc(5_000_000, 'x')
    const bytes = Buffer.concat([Buffer.from('first\n'), long, Buffer.from('\nlast')])
    const lines = await linesOf(bytes, [65_536], 100)
    expect(lines.map(({ bytes: line, number, ended }) => [line?.toString(), number, ended])).toEqual([
      ['first', 1, true],
      [undefined, 2, true],
      ['last', 3, false],
    ])
    expect(lines[1]!.after.position).toBe(6 + long.length + 1)
    expect(lines[1]!.after.tail.length).toBeLessThanOrEqual(4_096)
  })
})

describe('a document over several lines', () => {
  const read = async (content: string, longest = 1_000): Promise<Line[]> => {
    const all: Line[] = []
    const lines = readLines(chunked(Buffer.from(content), [7]), START, longest)
    for await (const line of withDocuments(lines, longest)) all.push(line)
    return all
  }

  it('comes as one, whatever stands before it', async () => {
    const document = JSON.stringify({ resourceSpans: [{ a: 1 }] }, null, 2)
    const [one, ...others] = await read(`\uFEFF\n${document}\n`)
    expect(one!.bytes!.toString().trim()).toBe('')
    expect(others).toHaveLength(1)
    expect(JSON.parse(others[0]!.bytes!.toString())).toEqual({ resourceSpans: [{ a: 1 }] })
    expect(others[0]!.number).toBe(2)
  })

  it('that is too large is one refusal', async () => {
    const lines = await read(`{\n${'"a": 1,\n'.repeat(500)}"b": 1\n}\n`, 100)
    expect(lines.map(({ bytes, number }) => [bytes, number])).toEqual([[undefined, 1]])
  })

  it('is not seen in lines that each end as JSON does', async () => {
    expect(await read('{"a":1}\n{"b":\n{"c":1}\n')).toHaveLength(3)
  })
})
