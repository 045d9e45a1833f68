/** A field of a JSON object on a line: `text`, or `message.text` for one inside another. */
export interface RecordField {
  /** Undefined when there is no text, for the reason given. */
  readonly text: string | undefined
  readonly reason: string
  readonly record: unknown
}

const missing = (reason: string): RecordField => ({ text: undefined, reason, record: undefined })

export function fieldOf(line: string, field: string): RecordField {
  let record: unknown
  try {
    record = JSON.parse(line)
  } catch {
    return missing('the line is not JSON')
  }
  let value = record
  for (const name of pathIn(record, field)) value = isObject(value) ? value[name] : undefined
  if (value === undefined || value === null) return missing(`the line has no field ${field}`)
  return { text: typeof value === 'string' ? value : JSON.stringify(value), reason: '', record }
}

/** The record with another text in its field. */
export function withField(record: unknown, field: string, text: string): unknown {
  return replaced(record, pathIn(record, field), text)
}

function replaced(value: unknown, path: readonly string[], text: string): unknown {
  const [name, ...rest] = path
  return name === undefined || !isObject(value) ? text : { ...value, [name]: replaced(value[name], rest, text) }
}

/** A field that is named with its dots goes before one inside another. */
const pathIn = (record: unknown, field: string): string[] =>
  isObject(record) && Object.hasOwn(record, field) ? [field] : field.split('.')

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
