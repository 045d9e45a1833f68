import type { Interaction } from '../../schemas/interaction.ts'
import { releaseKey, type HitCircumstances, type Treat, type Treatment } from '../policy/index.ts'
import type { ScanText } from '../seam.ts'
import type { FoundHit } from './inspect.ts'
import { jsonPaths } from './json-path.ts'
import type { Provenances } from './provenance.ts'

/** A hit, and what is done with it. */
export interface TreatedHit extends FoundHit {
  readonly treatment: Treatment
}

/** Whether a value, in its type's normal form, may stand anywhere. */
export type Allowed = (type: string, normal: string) => boolean

/** Of each text only when somebody asks: most rules do not. */
function pathsOf(hits: readonly FoundHit[], texts: readonly ScanText[]): (text: number) => ReadonlyMap<number, string> {
  const known = new Map<number, ReadonlyMap<number, string>>()
  return (index) => {
    const offsets = (): number[] => hits.filter(({ text }) => text === index).map(({ start }) => start)
    const paths = known.get(index) ?? jsonPaths(texts[index]!.text, offsets())
    known.set(index, paths)
    return paths
  }
}

/** The hits that count, each with its treatment. */
export function treatHits(
  hits: readonly FoundHit[],
  texts: readonly ScanText[],
  provenances: Provenances,
  interaction: Interaction,
  treat: Treat,
  allowed: Allowed,
): TreatedHit[] {
  const treated: TreatedHit[] = []
  const release = releaseKey(interaction.release)
  const paths = pathsOf(hits, texts)
  for (const hit of hits) {
    if (allowed(hit.type, hit.normal)) continue
    const { place } = texts[hit.text]!
    const circumstances: HitCircumstances = {
      type: hit.type,
      detector: hit.detector,
      confidence: hit.confidence,
      direction: place.direction,
      provenance: provenances(place.direction, hit.type, hit.normal),
      tenant: interaction.tenant,
      service: interaction.service.name,
      route: interaction.release.route ?? '',
      release,
      key: () => paths(hit.text).get(hit.start) ?? '',
    }
    const treatment = treat(circumstances)
    if (!treatment.ignore) treated.push({ ...hit, treatment })
  }
  return treated
}
