/** The package has no types of its own. */
declare module 'zstd-codec' {
  export interface Zstd {
    Simple: new () => { compress(content: Uint8Array, level?: number): Uint8Array | null }
    Streaming: new () => { decompress(compressed: Uint8Array, sizeHint?: number): Uint8Array | null }
  }
  const zstdCodec: { ZstdCodec: { run(ready: (zstd: Zstd) => void): void } }
  export default zstdCodec
}
