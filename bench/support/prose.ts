/*
 * Text that compresses, tokenises and escapes about as what people and models write does: common words as often as in
 * English, rarer ones by Zipf's law, sentences, paragraphs, quotation marks, small numbers.
 */

/** By falling frequency. */
const COMMON =
  `the of and to a in is you that it he was for on are with as I his they be at one have this from or had by
hot but some what there we can out other were all your when up use word how said an each she which do their time if will
way about many then them would write like so these her long make thing see him two has look more day could go come did my
sound no most number who over know water than call first people may down side been now find any new work part take get
place made live where after back little only round man year came show every good me give our under name very through just
form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set
three want air well also play small end put home read hand port large spell add even land here must big high such follow
act why ask men change went light kind off need house picture try us again animal point mother world near build self earth
father head stand own page should country found answer school grow study still learn plant cover food sun four thought let
keep eye never last door between city tree cross since hard start might story saw far sea draw left late run while press
close night real life few stop open seem together next white children begin got walk example ease paper often always music
those both mark book letter until mile river car feet care second group carry took rain eat room friend began idea fish
mountain north once base hear horse cut sure watch color face wood main enough plain girl usual young ready above ever red
list though feel talk bird soon body dog family direct pose leave song measure state product black short numeral class wind
question happen complete ship area half rock order fire south problem piece told knew pass farm top whole king size heard
best hour better true during hundred remember step early hold west ground interest reach fast five sing listen six table
travel less morning ten simple several vowel toward war lay against pattern slow center love person money serve appear road
map science rule govern pull cold notice voice fall power town fine certain fly unit lead cry dark machine note wait plan
figure star box noun field rest correct able pound done beauty drive stood contain front teach week final gave green oh
quick develop sleep warm free minute strong special mind behind clear tail produce fact street inch lot nothing course stay
wheel full force blue object decide surface deep moon island foot yet busy test record boat common gold possible plane
account invoice customer payment order refund delivery address subscription cancel update please contact support ticket`.split(
    /\s+/,
  )

const RARE_WORDS = 5_000
/** One word in so many is a rare one. */
const RARE_EVERY = 5
const SYLLABLES =
  `an be con der el fi ger ho in ju ka lo men no or per qua re sta ti un ver wa ex yo za ing tion er ly`.split(' ')
const FOREIGN = ['Überweisung', 'naïve', 'Größe', 'façade', 'señor', '“quoted”', 'it’s', '—', '支払い', 'счёт']

export interface Prose {
  /** Never longer than `bytes` in UTF-8. About one word in seven comes from outside ASCII when `foreign`. */
  text(bytes: number, foreign: boolean): string
}

export function createProse(random: () => number): Prose {
  const below = (n: number): number => Math.floor(random() * n)
  const rare = Array.from({ length: RARE_WORDS }, () =>
    Array.from({ length: 2 + below(3) }, () => SYLLABLES[below(SYLLABLES.length)]).join(''),
  )
  /** Rank r with a probability like 1/r. */
  const byZipf = (words: readonly string[]): string =>
    words[Math.floor(Math.exp(random() * Math.log(words.length))) - 1]!
  const word = (): string => byZipf(below(RARE_EVERY) === 0 ? rare : COMMON)

  const sentence = (foreign: boolean): string => {
    const length = 6 + below(14)
    const parts: string[] = []
    for (let n = 0; n < length; n++) {
      if (foreign && below(7) === 0) parts.push(FOREIGN[below(FOREIGN.length)]!)
      else if (below(40) === 0) parts.push(String(below(5_000)))
      else if (below(60) === 0) parts.push(`"${word()}"`)
      else parts.push(word())
    }
    return `${parts.join(' ')}${below(5) === 0 ? '?' : '.'}${below(6) === 0 ? '\n\n' : ' '}`
  }

  return {
    text(bytes, foreign) {
      let text = ''
      while (text.length < bytes) text += sentence(foreign)
      text = text.slice(0, bytes)
      while (foreign && Buffer.byteLength(text) > bytes) text = text.slice(0, -1)
      return text
    },
  }
}
