/** A module that holds bytes, for what must be packed with the build and read without a file. */
export function asModule(name: string, bytes: Uint8Array): string {
  return `/** Made by test/golden/names; never edit. */\nexport const ${name}: string =\n  '${Buffer.from(bytes).toString('base64')}'\n`
}
