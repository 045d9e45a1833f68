import type { Direction } from '../../schemas/finding.ts'
import type { Capture, CaptureState, Interaction } from '../../schemas/interaction.ts'
import { walkTexts } from './walk.ts'

/** What takes a text's place, and why. `escaped` changes no meaning, so it does not show in `capture`. */
export type MaskEdit =
  | { readonly kind: 'masked' | 'escaped'; readonly text: string }
  | { readonly kind: 'withheld'; readonly text: string; readonly reason: string }

/** Edits by the index of the text in `textsOf(interaction)`. */
export type MaskEdits = ReadonlyMap<number, MaskEdit>

const STRENGTH: Record<CaptureState, number> = { full: 0, masked: 1, absent: 2, withheld: 3 }
const stronger = (a: CaptureState, b: CaptureState): CaptureState => (STRENGTH[a] >= STRENGTH[b] ? a : b)

/** Which half of `capture` a text belongs to. What the caller gave is input; what came back is output; meta is neither. */
function sideOf(direction: Direction, field: string): 'input' | 'output' | undefined {
  if (direction === 'meta') return undefined
  if (direction === 'output' || field === 'toolCalls.result') return 'output'
  return 'input'
}

/** A masked copy; what did not change is shared with the original, which is never touched. */
export function applyMask(interaction: Interaction, edits: MaskEdits): Interaction {
  if (edits.size === 0) return interaction
  const states = { input: interaction.capture.input, output: interaction.capture.output }
  const reasons = new Set<string>()
  let index = 0
  const masked = walkTexts(interaction, (text, direction, _message, _part, field) => {
    const edit = edits.get(index++)
    if (edit === undefined) return text
    const side = sideOf(direction, field)
    if (side !== undefined && edit.kind !== 'escaped') states[side] = stronger(states[side], edit.kind)
    if (edit.kind === 'withheld') reasons.add(edit.reason)
    return edit.text
  })
  const sameStates = states.input === interaction.capture.input && states.output === interaction.capture.output
  if (sameStates && reasons.size === 0) return masked
  const capture: Capture = { ...masked.capture, ...states }
  if (reasons.size > 0) capture.reason = [masked.capture.reason, ...reasons].filter(Boolean).join('; ')
  return { ...masked, capture }
}
