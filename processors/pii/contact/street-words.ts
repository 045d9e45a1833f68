/* Words for streets, and how they stand to the number of a house. */

const words = (list: string): string[] => list.split('|').map((word) => word.trim())

/** `12 Main Street`: the number first, a name or two, then the word. */
export const STREET_LAST: readonly string[] = words(
  `street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|sq|terrace|terr|way|parkway|pkwy|
   highway|hwy|circle|cir|crescent|cres|close|gardens|grove|mews|row|trail|trl|loop|plaza|alley|walk|hill|green|park|quay`,
)

/** `12 rue de la Paix`, `Calle Mayor 5`, `ul. Marszałkowska 10`: the word first, the number on one side or the other. */
export const STREET_FIRST: readonly string[] = words(
  `rue|c|av|avd|avenue|boulevard|allee|impasse|quai|chemin|cours|place|route|calle|avenida|avda|plaza|paseo|carrera|cra|rambla|glorieta|travesia|carrer|camino|ronda|
   via|viale|piazza|corso|vicolo|largo|piazzale|rua|travessa|praca|alameda|estrada|rodovia|ul|ulica|aleja|aleje|al|plac|os|
   strada|str|bulevardul|calea|ulice|namesti|trida|utca|ut|ter|улица|ул|проспект|пр|переулок|вулиця|οδός`,
)

/** `Hauptstraße 12`: the end of a name. */
export const STREET_ENDINGS: RegExp =
  /(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|ufer|damm|steig|straat|laan|plein|gracht|kade|dreef|singel|hof|gatan|vägen|gränd|stigen|torget|gade|vej|vænget|plads|gata|veien|vegen|gate|katu|kuja|tie|polku|utca|caddesi|sokak|sokağı|cad\.|sok\.|cd\.|sk\.)$/iu
