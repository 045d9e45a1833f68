/* Nationalities, religions and politics. */

const words = (list: string): string[] =>
  list
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean)

/** Found only with a capital, as English writes them. */
export const GROUP_NAMES: readonly string[] =
  words(`polish|swede|dane|turk|finn|pole|scot|chad|german|germans|french|english|danish|welsh|
  irish|spanish|dutch|swiss|greek|roman|republican|republicans|democrat|democrats|democratic|conservative|conservatives|labour|liberal|
  liberals|orthodox|reformed|baptist|catholic|protestant|evangelical|agnostic|polka`)

export const GROUP_WORDS: readonly string[] = [
  ...words(`american|americans|british|briton|britons|italian|italians|portuguese|spaniard|spaniards|swedish|norwegian|finnish|belgian|austrian|
    russian|russians|ukrainian|ukrainians|turkish|czech|slovak|hungarian|romanian|bulgarian|croatian|serbian|bosnian|albanian|slovenian|latvian|
    lithuanian|estonian|icelandic|maltese|cypriot|chinese|japanese|korean|vietnamese|thai|filipino|indonesian|malaysian|indian|pakistani|
    bangladeshi|afghan|iranian|iraqi|syrian|lebanese|palestinian|israeli|egyptian|moroccan|algerian|tunisian|libyan|nigerian|kenyan|ethiopian|
    somali|sudanese|ghanaian|senegalese|congolese|south african|zimbabwean|mexican|mexicans|brazilian|argentinian|argentine|chilean|colombian|
    peruvian|venezuelan|cuban|canadian|australian|new zealander|kurdish|kurd|armenian|georgian|kazakh|uzbek|saudi|yemeni|jordanian|eritrean|
    hispanic|latino|latina|latinx|african american|native american|caucasian|sinti|uyghur|tibetan|rohingya`),
  ...words(`muslim|muslims|islam|islamic|christian|christians|christianity|jewish|jew|jews|judaism|hindu|hindus|hinduism|buddhist|buddhists|
    buddhism|sikh|sikhs|sikhism|atheist|atheists|mormon|mormons|jehovah s witness|jehovah s witnesses|lutheran|methodist|anglican|
    presbyterian|pentecostal|quaker|shia|shiite|sunni|bahai|zoroastrian|catholicism|protestantism`),
  ...words(
    `far right extremist|far right party|far left party|right wing extremist|left wing extremist|communist|communists|socialist|socialists|libertarian|libertarians|trade union member|union member|marxist|anarchist|neo nazi|green party|labour party|conservative party|republican party|democratic party|social democrat`,
  ),
  ...words(`deutscher|deutsche staatsangehorigkeit|osterreicher|osterreicherin|franzose|franzosin|italiener|italienerin|turke|turkin|syrer|syrerin|
    polin|russe|russin|ukrainer|ukrainerin|katholisch|evangelisch|muslimisch|muslimin|judisch|judin|hinduistisch|buddhistisch|konfessionslos|
    staatsangehorigkeit|gewerkschaftsmitglied|sozialdemokrat|christdemokrat|linksextrem|rechtsextrem`),
  ...words(`francais|francaise|allemand|allemande|italienne|espagnol|espagnole|portugais|portugaise|marocain|marocaine|algerien|algerienne|tunisien|
    tunisienne|musulman|musulmane|chretien|chretienne|catholique|protestante|juif|juive|bouddhiste|athee|socialiste|communiste|syndicaliste`),
  ...words(`espanol|espanola|mexicano|mexicana|argentino|colombiano|colombiana|venezolano|venezolana|peruano|peruana|marroqui|catolico|
    catolica|cristiano|cristiana|judio|judia|budista|ateo|atea|comunista|socialista|sindicalista|musulmana|italiano|italiana|tedesco|tedesca|
    rumeno|rumena|marocchino|marocchina|cattolico|cattolica|cristiana|ebreo|ebrea|musulmano|ateismo|brasileiro|brasileira|portugues|portuguesa|
    angolano|angolana|judeu|judia|muculmano|muculmana|evangelico|evangelica|ateu|espirita`),
  ...words(`nederlander|nederlandse|marokkaan|marokkaanse|turkse|katholiek|protestants|moslim|joods|polak|ukrainiec|ukrainka|katolik|katoliczka|
    muzulmanin|muzulmanka|zyd|zydowka|ateista|prawoslawny|turk vatandasi|suriyeli|musluman|hristiyan|yahudi|alevi|ateist|svensk|norsk|dansk|katolsk|
    muslimsk|judisk|jodisk|kristen`),
  ...words(
    'русский|русская|украинец|украинка|татарин|православный|православная|мусульманин|мусульманка|еврей|еврейка|католик|атеист|коммунист',
  ),
  ...words(
    '汉族|回族|维吾尔族|藏族|基督教|佛教|伊斯兰教|天主教|穆斯林|共产党员|キリスト教徒|仏教徒|イスラム教徒|共産党|기독교|불교|천주교|무슬림|مسلم|مسيحي|يهودي|हिन्दू|मुस्लिम|सिख|ईसाई',
  ),
]
