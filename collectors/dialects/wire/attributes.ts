import type { Attributes } from '../record.ts'

/**
 * Attribute maps inherit nothing, so a key like `__proto__` or `constructor` is a key like any other. Made by a class and
 * not by Object.create(null), because V8 then gives maps of the same keys one shape: three times as fast to fill.
 */
class AttributeMap {}
Object.setPrototypeOf(AttributeMap.prototype, null)
delete (AttributeMap.prototype as { constructor?: unknown }).constructor

export const newAttributes = (): Attributes => new AttributeMap() as Attributes
