/**
 * How far a text was looked at from one word on: tables and lists of cookies are walked to their ends, and a name that stands
 * inside one begins no walk of its own.
 */
export class Walked {
  cookies = 0
  /** By what tells the columns of tables apart. */
  readonly columns: Map<string, number> = new Map()
}
