/** How sure a valid value is that no word names, by how often chance meets its shape and check in ordinary text. */

/** Never: two checks, or a prefix, a date and a check. A word for another thing beside it changes nothing. */
export const PROVEN = 0.93
/** Next to never: letters and a check, a date and a check, or a layout that nothing else has. */
export const CERTAIN = 0.9
/** Now and then: a layout of its own with one check digit, or a long number with several. */
export const LIKELY = 0.75
/** Often enough that a person should look. */
export const POSSIBLE = 0.6
