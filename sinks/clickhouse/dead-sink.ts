import { dayOf } from '../../core/sealing/index.ts'
import type { Buried, DeadSink } from '../../core/stages/bury.ts'
import type { Origin } from '../../schemas/origin.ts'
import { rowsOf, type StoreClient } from './client.ts'
import { insertRows } from './insert.ts'
import { DEAD_LETTERS } from './tables.ts'

const placeOf = ({ topic, epoch, partition, offset }: Origin): string => `${topic}:${epoch}:${partition}:${offset}`

/** Writes the letters of `weir.dead`. A letter that came twice has one origin, and one row. */
export function createDeadSink(client: StoreClient): DeadSink {
  return {
    async write(letters, token): Promise<void> {
      const written = await alreadyWritten(client, letters)
      const groups = new Map<string, Buried[]>()
      for (const letter of letters) {
        const place = placeOf(letter.origin)
        if (written.has(place)) continue
        written.add(place)
        const mark = `${dayOf(letter.receivedAt / 1000)} ${letter.batch}`
        groups.set(mark, [...(groups.get(mark) ?? []), letter])
      }
      for (const [name, group] of groups) {
        const [day = '', first] = name.split(' ')
        // what was there before may differ from one try to the next, so the token names what is written now
        const part = `${token}/${name}/${group.map(({ origin }) => origin.offset).join(',')}`
        await insertRows(client, DEAD_LETTERS, group, { day, first: Number(first) }, part)
      }
    },
  }
}

async function alreadyWritten(client: StoreClient, letters: readonly Buried[]): Promise<Set<string>> {
  const rows = await rowsOf<Origin>(
    client,
    `SELECT DISTINCT origin_topic AS topic, origin_epoch AS epoch, origin_partition AS partition,
       toFloat64(origin_offset) AS offset
     FROM ${client.database}.dead_letters
     WHERE concat(origin_topic, ':', toString(origin_epoch), ':', toString(origin_partition), ':', toString(origin_offset))
       IN {places:Array(String)}`,
    { places: letters.map(({ origin }) => placeOf(origin)) },
  )
  return new Set(rows.map(placeOf))
}
