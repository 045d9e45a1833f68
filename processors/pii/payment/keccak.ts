/*
 * Keccak-256 as Ethereum uses it: the hash that became SHA-3, with the padding from before it was a standard, which no
 * crypto module of the platform has. Lanes of 64 bits are pairs of 32-bit halves, low one first.
 */

const LANES = 25
const RATE_BYTES = 136
const ROUNDS = 24

/** How far each lane is rotated, and where it goes, along the path of rho and pi. */
const ROTATIONS: readonly number[] = [
  1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
]
const PATH: readonly number[] = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1]

/** Of each round, what is added to the first lane: low and high half. */
const CONSTANTS: Int32Array = roundConstants()

/** By the shift register of the standard: bit 2^i - 1 of round r is its output at 7r + i. */
function roundConstants(): Int32Array {
  const constants = new Int32Array(ROUNDS * 2)
  let register = 1
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = 0; index < 7; index++) {
      if ((register & 1) === 1) {
        const bit = (1 << index) - 1
        constants[round * 2 + (bit >>> 5)]! |= 1 << (bit & 31)
      }
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0)
    }
  }
  return constants
}

function permute(state: Int32Array): void {
  const row = new Int32Array(10)
  for (let round = 0; round < ROUNDS; round++) {
    theta(state, row)
    rhoAndPi(state)
    chi(state, row)
    state[0]! ^= CONSTANTS[round * 2]!
    state[1]! ^= CONSTANTS[round * 2 + 1]!
  }
}

function theta(state: Int32Array, parity: Int32Array): void {
  for (let half = 0; half < 10; half++)
    parity[half] = state[half]! ^ state[half + 10]! ^ state[half + 20]! ^ state[half + 30]! ^ state[half + 40]!
  for (let column = 0; column < 10; column += 2) {
    const before = (column + 8) % 10
    const behind = (column + 2) % 10
    const low = parity[before]! ^ ((parity[behind]! << 1) | (parity[behind + 1]! >>> 31))
    const high = parity[before + 1]! ^ ((parity[behind + 1]! << 1) | (parity[behind]! >>> 31))
    for (let lane = column; lane < LANES * 2; lane += 10) {
      state[lane]! ^= low
      state[lane + 1]! ^= high
    }
  }
}

function rhoAndPi(state: Int32Array): void {
  let low = state[2]!
  let high = state[3]!
  for (let step = 0; step < PATH.length; step++) {
    const to = PATH[step]! * 2
    const [keptLow, keptHigh] = [state[to]!, state[to + 1]!]
    const by = ROTATIONS[step]!
    const [from, other] = by < 32 ? [low, high] : [high, low]
    const shift = by & 31
    state[to] = shift === 0 ? from : (from << shift) | (other >>> (32 - shift))
    state[to + 1] = shift === 0 ? other : (other << shift) | (from >>> (32 - shift))
    low = keptLow
    high = keptHigh
  }
}

function chi(state: Int32Array, row: Int32Array): void {
  for (let start = 0; start < LANES * 2; start += 10) {
    for (let half = 0; half < 10; half++) row[half] = state[start + half]!
    for (let half = 0; half < 10; half++) state[start + half]! ^= ~row[(half + 2) % 10]! & row[(half + 4) % 10]!
  }
}

/** The hash of ASCII text that fits into one block. */
export function keccak256(text: string): Buffer {
  if (text.length >= RATE_BYTES) throw new RangeError(`at most ${RATE_BYTES - 1} characters can be hashed`)
  const block = Buffer.alloc(LANES * 8)
  block.write(text, 'latin1')
  block[text.length]! ^= 0x01
  block[RATE_BYTES - 1]! ^= 0x80
  const state = Int32Array.from({ length: LANES * 2 }, (_, half) => block.readInt32LE(half * 4))
  permute(state)
  const hash = Buffer.alloc(32)
  for (let half = 0; half < 8; half++) hash.writeInt32LE(state[half]!, half * 4)
  return hash
}
