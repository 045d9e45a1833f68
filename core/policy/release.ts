import type { Release } from '../../schemas/interaction.ts'

/**
 * The one spelling of a release: what actually answered, e.g. `openai/gpt-4o-2024-08-06@fp_44709d6fcb#support:3`. The model
 * that was asked for stands in where the one that served is not told. `unknown` where nothing is known.
 */
export function releaseKey(release: Release): string {
  const { provider, fingerprint, promptName, promptVersion } = release
  const model = release.model || release.requestedModel
  let key = provider || model ? `${provider || 'unknown'}/${model || 'unknown'}` : 'unknown'
  if (fingerprint) key += `@${fingerprint}`
  if (promptName || promptVersion) key += `#${promptName ?? ''}`
  if (promptVersion) key += `:${promptVersion}`
  return key
}

/** What a monitor compares with its own past: a served release on a route. The tenant is a field of its own. */
export const monitorKey = (release: Release): string => `${release.route || 'unknown'} ${releaseKey(release)}`
