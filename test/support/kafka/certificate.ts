import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { javaProgram } from './java.ts'

const KEYTOOL_MS = 60_000
const DAYS = '365'

export interface Certificate {
  keystore: { file: string; password: string }
  /** What a client trusts: the certificate itself, which signed itself. */
  file: string
  pem: string
}

/** Makes a key and a certificate for 127.0.0.1 and localhost; one that is there stays. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const keystore = { file: join(folder, 'broker.p12'), password: 'weir-test' }
  const file = join(folder, 'ca.pem')
  const store = [
    '-storetype',
    'PKCS12',
    '-keystore',
    keystore.file,
    '-storepass',
    keystore.password,
    '-alias',
    'broker',
  ]
  if (!existsSync(file)) {
    const names = ['-dname', 'CN=localhost', '-ext', 'san=ip:127.0.0.1,dns:localhost', '-validity', DAYS]
    await keytool(['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', ...names, ...store])
    await keytool(['-exportcert', '-rfc', '-file', file, ...store])
  }
  return { keystore, file, pem: await readFile(file, 'utf8') }
}

async function keytool(args: readonly string[]): Promise<void> {
  await promisify(execFile)(javaProgram('keytool'), args, { timeout: KEYTOOL_MS })
}
