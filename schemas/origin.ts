import { count, object, string, type JsonSchema } from './jsonschema.ts'

/** Where a record came from in a stream. `epoch` rises when offsets may start over, so an origin is never used twice. */
export interface Origin {
  topic: string
  epoch: number
  partition: number
  offset: number
}

export const originSchema: JsonSchema = object({ topic: string, epoch: count, partition: count, offset: count }, [
  'topic',
  'epoch',
  'partition',
  'offset',
])
