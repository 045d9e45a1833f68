import type { Problem } from './checks.ts'
export async function runPlaintext(_seed: string, _say: (text: string) => void): Promise<Problem[]> { return [] }
