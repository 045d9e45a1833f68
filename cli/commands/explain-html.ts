import { counted } from '../terminal/output.ts'
import type { Explained, Explanation } from './explanation.ts'

const STYLE = `body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2433}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f7f9;padding:1rem;border-radius:6px}
mark{border-radius:3px;padding:0 2px;color:inherit}table{border-collapse:collapse}
td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}.lost{color:#6b7280}`

/** A page by itself: it loads nothing, and nothing in the text can run. */
export function explanationPage(text: string, explanation: Explanation): string {
  const { findings, unscanned, masked } = explanation
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>weir explain</title><style>${STYLE}</style></head><body>
<h1>${counted(findings.filter(({ counts }) => counts).length, 'finding')}</h1>
${unscanned.map((reason) => `<p><b>Not wholly scanned:</b> ${escaped(reason)}</p>`).join('\n')}
<h2>Text</h2><pre>${coloured(text, findings)}</pre>
<h2>Masked</h2><pre>${escaped(masked)}</pre>
<h2>What was said</h2><table><tr><th>type</th><th>range</th><th>confidence</th><th>detector</th><th>why</th><th>outcome</th></tr>
${findings.map(row).join('\n')}
</table></body></html>
`
}

function row({ type, start, end, confidence, detector, why, outcome, counts }: Explained): string {
  const cells = [type, `${start}-${end}`, String(confidence), detector, why, outcome]
  return `<tr${counts ? '' : ' class="lost"'}>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
}

/** Findings that count do not overlap. */
function coloured(text: string, findings: readonly Explained[]): string {
  const points = Array.from(text)
  let html = ''
  let done = 0
  for (const { type, start, end, counts } of findings) {
    if (!counts || start < done) continue
    html += escaped(points.slice(done, start).join(''))
    html += `<mark title="${escaped(type)}" style="background:hsl(${hue(type)} 85% 82%)">${escaped(points.slice(start, end).join(''))}</mark>`
    done = end
  }
  return html + escaped(points.slice(done).join(''))
}

/** The same colour for a type everywhere. */
function hue(type: string): number {
  let hash = 0
  for (const char of type) hash = (hash * 31 + char.charCodeAt(0)) % 360
  return hash
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char]!)
