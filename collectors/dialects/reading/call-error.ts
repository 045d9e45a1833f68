import type { Draft } from '../dialect.ts'
import type { RecordReader } from './reader.ts'
import { wellFormed } from './text.ts'

const STATUS_ERROR = 2
/** The conventions' word for an error of no stated type. */
const OTHER = '_OTHER'
const EXCEPTION_EVENT = 'gen_ai.client.operation.exception'

/** A call failed when its status or its `error.type` says so; an exception event alone may have been recovered from. */
export function readError(reader: RecordReader, draft: Draft): void {
  if (draft.error !== undefined) return
  const { record } = reader
  const exception = reader.events.find((event) => event.name === 'exception' || event.name === EXCEPTION_EVENT)
  const isFailed = record.kind === 'span' ? record.statusCode === STATUS_ERROR : exception !== undefined
  const stated = reader.text('error.type')
  if (!isFailed && stated === undefined) return
  let type = stated
  let message =
    record.kind === 'span' && record.statusMessage !== '' ? record.statusMessage : reader.text('error.message')
  if (exception !== undefined) {
    exception.used = true
    // A second account of the same error is taken only where it says the same; otherwise it is kept beside it.
    if (type === undefined || exception.peek('exception.type') === type) type = exception.text('exception.type') ?? type
    if (message === undefined || exception.peek('exception.message') === message) {
      message = exception.text('exception.message') ?? message
    }
  }
  draft.error = { type: type ?? OTHER }
  if (message !== undefined) draft.error.message = wellFormed(message)
}
