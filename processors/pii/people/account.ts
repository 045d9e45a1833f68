import type { Sighting } from '../finder.ts'

/* What the searches for names of accounts share. */

export const USERNAME = 'USERNAME'

export const LIKELY = 0.65
/** Said in words: `my username is ann82`. */
export const POSSIBLE = 0.6

/** A dot, digit or mark: somebody chose it. */
export const LOOKS_CHOSEN: RegExp = /\d|[._]/

/** Words that name accounts and nothing else: a value may follow them in a sentence. */
export const IN_SENTENCES: RegExp =
  /(?:gamer ?tag|psn id|steam id|discord tag|skype (?:id|name)|apodo|alias|username|user ?name|user ?id|login|login ?name|account ?name|screen ?name|nick|nickname|handle|benutzername|nutzername|anmeldename|benutzerkennung|nom d.utilisateur|identifiant|pseudo|nombre de usuario|nome utente|nome de usu[aá]rio|nome de utilizador|gebruikersnaam|inlognaam|nazwa użytkownika|kullanıcı adı|användarnamn|brukernavn|brugernavn)$/i
/** Of an account as such, and not of its name. */
export const PLAIN_WORDS: RegExp =
  /^(?:user|users?|login|nutzer|benutzer|utilisateur|usuario|utente|gebruiker|account|konto)$/i

/** The name of an account that ends at `end`. */
export const account = (value: string, end: number, confidence: number): Sighting => ({
  type: USERNAME,
  start: end - value.length,
  end,
  confidence,
  normal: value.toLowerCase(),
})
