import type { Draft } from './dialect.ts'
import type { SpanReader } from './reader.ts'
import { wellFormed } from './text.ts'

const STATUS_ERROR = 2
/** The conventions' word for an error of no stated type. */
const OTHER = '_OTHER'

/** A call failed when its status or its `error.type` says so; an exception event alone may have been recovered from. */
export function readError(span: SpanReader, draft: Draft): void {
  if (draft.error !== undefined) return
  const { statusCode, statusMessage } = span.record
  const stated = span.text('error.type')
  if (statusCode !== STATUS_ERROR && stated === undefined) return
  const exception = span.events.find((event) => event.name === 'exception' || event.name === EXCEPTION_EVENT)
  let type = stated
  let message = statusMessage === '' ? span.text('error.message') : statusMessage
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

const EXCEPTION_EVENT = 'gen_ai.client.operation.exception'
