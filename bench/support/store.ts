/** What the store answers to its reader. */
export async function ask(reader: string, sql: string): Promise<string> {
  const response = await fetch(`${reader}/?user=reader&query=${encodeURIComponent(sql)}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`the store answered ${response.status}: ${text}`)
  return text.trim()
}

/** Whether a query of the reader finds a row of this trace. */
export const isVisible = async (reader: string, traceId: string): Promise<boolean> =>
  (await visibleOf(reader, [traceId])).length > 0

/** Those of the traces that a query of the reader finds. */
export async function visibleOf(reader: string, traceIds: readonly string[]): Promise<string[]> {
  const list = traceIds.map((id) => `'${id}'`).join(', ')
  const found = await ask(reader, `SELECT DISTINCT trace_id FROM weir.interactions WHERE trace_id IN (${list})`)
  return found === '' ? [] : found.split('\n')
}
