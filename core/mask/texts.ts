import type { Direction, Place } from '../../schemas/finding.ts'
import type { Interaction } from '../../schemas/interaction.ts'
import type { ScanText } from '../seam.ts'
import { walkTexts } from './walk.ts'

/** The place is made when someone asks: most texts hold nothing, and nobody asks. */
class PlacedText implements ScanText {
  readonly text: string
  private readonly direction: Direction
  private readonly message: number
  private readonly part: number
  private readonly field: string
  constructor(text: string, direction: Direction, message: number, part: number, field: string) {
    this.text = text
    this.direction = direction
    this.message = message
    this.part = part
    this.field = field
  }
  get place(): Place {
    return { direction: this.direction, message: this.message, part: this.part, field: this.field }
  }
}

/** Every text of an interaction that may hold something said by someone, in the order of the walk. Empty ones are left out. */
export function textsOf(interaction: Interaction): ScanText[] {
  const texts: ScanText[] = []
  walkTexts(interaction, (text, direction, message, part, field) => {
    texts.push(new PlacedText(text, direction, message, part, field))
    return text
  })
  return texts
}
