import { createRequire } from 'node:module'
import { isNoAnswer, noAnswer } from './failures.ts'

/** What is used here of what kafkajs has for each broker. */
interface Broker {
  /** What may be asked, by the broker's own words; null until it has said so. */
  readonly versions: object | null
  connect: (this: Broker) => Promise<void>
  disconnect: (this: Broker) => Promise<void>
}

let isMended = false

/**
 * A broker that takes a connection and does not answer the first question in time (it is stopped, or its disk hangs) is a
 * connected one to kafkajs, which never puts that question again: whatever is asked on the connection fails from then on,
 * also when the broker has long been well. So a connection without a first answer is ended, and another broker is tried.
 */
export function mendFirstAnswer(): void {
  if (isMended) return
  isMended = true
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/broker') as { prototype: Broker }
  const { connect } = prototype
  prototype.connect = async function (this: Broker): Promise<void> {
    try {
      await connect.call(this)
    } catch (error) {
      if (this.versions !== null) throw error
      await this.disconnect()
      throw isNoAnswer(error) ? noAnswer() : error
    }
  }
}
