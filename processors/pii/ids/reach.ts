/** How far words reach to a layout that is as often something else: along a line, to a few digits, and to what is tied to them. */
export const LINE = 24
export const BESIDE = 12
export const TIED = 4
