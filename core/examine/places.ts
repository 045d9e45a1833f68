import type { Place } from '../../schemas/finding.ts'
import { ATTRIBUTE_KEY, ATTRIBUTE_PREFIX, type MaskEdits } from '../mask/index.ts'
import type { ScanText } from '../seam.ts'

/** Where a text stands, fit to be stored. */
export interface StoredPlace {
  readonly place: Place
  /** The field that ids are made from: says nothing of a key that was masked, and stays when the key's token changes. */
  readonly idField: string
}

/** An attribute's key is part of its value's place. Where the key was masked, the place must be too. */
export function storedPlace(texts: readonly ScanText[], index: number, edits: MaskEdits): StoredPlace {
  const { place } = texts[index]!
  const key = texts[index - 1]
  const keyEdit = edits.get(index - 1)
  // The walk visits an attribute's key right before its value.
  const own = key?.place.field === ATTRIBUTE_KEY && place.field === ATTRIBUTE_PREFIX + key.text
  if (!own || keyEdit === undefined) return { place, idField: place.field }
  return {
    place: { ...place, field: ATTRIBUTE_PREFIX + keyEdit.text },
    idField: `${ATTRIBUTE_KEY}.${key.place.message}`,
  }
}
