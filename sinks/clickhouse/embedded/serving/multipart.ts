import { EngineError } from '../engine/engine.ts'

const refuse = (what: string): EngineError => new EngineError(36, 'BAD_ARGUMENTS', `multipart/form-data: ${what}`)

/**
 * The fields of a multipart/form-data body. ClickHouse clients send a query and its parameters this way when they are too
 * long for an address. Files (ClickHouse's external tables) are not served.
 */
export function multipartFields(body: Buffer, contentType: string): Map<string, string> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (!mark) throw refuse('no boundary')
  const fields = new Map<string, string>()
  const parts = `\r\n${body.toString('latin1')}`.split(`\r\n--${mark}`)
  if (parts.length < 2 || !parts.at(-1)?.startsWith('--')) throw refuse('the body does not end with its boundary')
  if (parts.length > 1_002) throw refuse('more than 1000 fields')
  for (const part of parts.slice(1, -1)) {
    const gap = part.indexOf('\r\n\r\n')
    if (gap < 0) throw refuse('a part without a header')
    const header = part.slice(0, gap)
    const name = /content-disposition:[^\r\n]*;\s*name="([^"]*)"/i.exec(header)?.[1]
    if (name === undefined) throw refuse('a part without a name')
    if (/;\s*filename=/i.test(header) || !(name === 'query' || name.startsWith('param_'))) {
      throw refuse(`'${name}': external tables are not served by the embedded store`)
    }
    fields.set(name, Buffer.from(part.slice(gap + 4), 'latin1').toString('utf8'))
  }
  return fields
}
