/*
 * What stands where a secret would stand and is none: placeholders, references to where the secret is kept, words of the
 * sentence.
 */

const REFERENCE =
  /^(?:[$%]?[{(<[]|@Microsoft\.|!(?:vault|env|ref|sub|getatt|secret|reference|include|join|importvalue|select)\b|\$[A-Za-z_]\w*(?:$|[.:/)\]}[>-])|%[A-Za-z_]+%$|process\.env|os\.|env\.|env\(|config\.|secrets?\.|vault:|arn:|ssm:|file:|@[\w.-]+@$|@(?=[\w./-]*$)(?!\w*(?:\d\w*[A-Z]|[A-Z]\w*\d))|\*{2,}|\.{2,}|&[a-z]+;|&[a-z_]\w*\.[A-Za-z]|\*(?:u?int\d{0,2}|string|byte|bool|char)\b|%[sdv@]\W|[A-Za-z_]\w{0,40}(?:\([^()]*\)|\[[^[\]]*\])|[A-Za-z_]{2,40}[([]|[a-z]+\.[a-z_.]+\b(?!\d))/i
const PLACEHOLDER =
  /x{4,}|\*{3,}|\.{3,}|_{4,}|0{6,}|123456789|abcdef(?:g|12)|example|sample|placeholder|changeme|change[_-]?me|replace[_-]?(?:me|this|with)|insert|redacted|masked|hidden|dummy|fake|mock|todo|foobar|lorem|your[_-]|^your|my[_-]?(?:secret|password|token|key)|(?:goes|put)[_-]?here|^<|>$|not[_-]?a[_-]?real/i

const WORDS: ReadonlySet<string> = new Set(
  `public private protected class struct void return const static final def let var new self bool true false null none nil undefined yes no on off required optional string str text char varchar bytes int number boolean
  object any unknown missing empty invalid incorrect wrong expired changed reset forgotten forgot correct valid set unset
  hashed encrypted protected stored sent received here there below above the a an is was not my your his her our their this
  that it and or for with from to in of be been must should can cannot will would please enter type choose use using user
  username login email password passwd пароль pass passphrase secret token key value name id field form input label test default
  admin root authentication authorization bearer basic manager policy policies rotation rules strength length generator
  passwort kennwort contraseña contrasena senha haslo hasło wachtwoord lösenord losenord parola sifre şifre heslo salasana
  adgangskode kodeord passord jelszo mdp motdepasse 密码 密碼 パスワード 비밀번호
  wird ist und der die das ein eine nicht kein est une le la les et pas es un una el los y no per di e non il lo o um uma
  неверный неправильный неверно обязателен обязательно забыт истек изменен falsch ungültig abgelaufen vergessen erforderlich geändert incorrecte invalide
  oublié obligatoire requis expiré incorrecta incorrecto olvidada obligatoria obligatorio requerida inválida caducada errata sbagliata scaduta
  dimenticata obbligatoria incorreta esquecida obrigatória expirada verkeerd onjuist vergeten verplicht verlopen błędne nieprawidłowe wymagane zapomniane
  fel felaktigt glömt krävs forkert glemt yanlış gerekli zorunlu väärä unohtunut
  separately separat enviada enviado envoyé envoyée inviata inviato verschickt zugestellt gesendet отправлен отправлена выслан выслана skickas skickad verzonden
  wysłane wysłano gönderildi lähetetty sendt postgres guest
  nao os as het een niet en jest nie i to jak`.split(/\s+/),
)

/** Whether a value may be one that was really used. */
export function plausible(value: string): boolean {
  return !REFERENCE.test(value) && !PLACEHOLDER.test(value) && !WORDS.has(value.toLowerCase()) && !oneCharacter(value)
}

/** Of values in a vendor's form: documentation's. What is random may spell any short word. */
const SPECIMEN = /EXAMPLE|x{6,}|0{8,}|\*{3,}|\.{3,}|your|1234567890|abcdefghij/i

export const specimen = (value: string): boolean => SPECIMEN.test(value)

const oneCharacter = (value: string): boolean => value === value.charAt(0).repeat(value.length)

/** Bits of Shannon entropy by character. */
export function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}

const HEX = /^[0-9a-f]+$/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Made by a machine: letters and digits so mixed that no word or number is. */
export function random(value: string): boolean {
  if (value.length < 16 || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return UUID.test(value)
  return entropy(value) >= (HEX.test(value) ? 2.8 : 3.3)
}
