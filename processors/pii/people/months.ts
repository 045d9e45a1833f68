/* Names of months, in full and short, in the languages people write dates in. Without diacritics, lower case. */

const NAMES: readonly string[] = [
  `january jan januar janner janvier janv enero ene gennaio gen janeiro januari styczen stycznia sty ocak oca tammikuu tammikuuta
   ledna leden ianuarie januara januarja января январь янв січня ιανουαρίου يناير जनवरी มกราคม`,
  `february feb februar fevrier fev fevr febrero febbraio febb fevereiro februari luty lutego lut subat helmikuu helmikuuta unora unor
   februarie februara февраля февраль фев лютого φεβρουαρίου فبراير फरवरी กุมภาพันธ์`,
  `march mar marz maerz mrz mars marzo marco maart mrt marzec marca mart maret maaliskuu maaliskuuta brezna brezen martie marts marcius
   марта март мар березня μαρτίου مارس मार्च มีนาคม`,
  `april apr avril avr abril abr aprile kwiecien kwietnia kwi nisan nis huhtikuu huhtikuuta dubna duben aprilie aprila aprilis
   апреля апрель апр квітня απριλίου أبريل अप्रैल เมษายน`,
  `may mai mayo maggio mag maio mei maj maja mayis toukokuu toukokuuta kvetna kveten majus мая май травня μαΐου مايو मई พฤษภาคม`,
  `june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz kesakuu kesakuuta cervna cerven iunie juna junius
   июня июнь июн червня ιουνίου يونيو जून มิถุนายน`,
  `july jul juli juillet juil julio luglio lug julho lipiec lipca lip temmuz tem heinakuu heinakuuta cervence cervenec iulie jula
   julius июля июль июл липня ιουλίου يوليو जुलाई กรกฎาคม`,
  `august aug aout agosto ago augustus sierpien sierpnia sie agustos agu elokuu elokuuta srpna srpen avgusta augusztus augusti
   августа август авг серпня αυγούστου أغسطس अगस्त สิงหาคม`,
  `september sep sept septembre septiembre settembre set setembro wrzesien wrzesnia wrz eylul eyl syyskuu syyskuuta zari septembrie
   septembra szeptember сентября сентябрь сен вересня σεπτεμβρίου سبتمبر सितंबर กันยายน`,
  `october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika paz ekim eki lokakuu lokakuuta rijna rijen
   octombrie oktobra октября октябрь окт жовтня οκτωβρίου أكتوبر अक्टूबर ตุลาคม`,
  `november nov novembre noviembre novembro listopad listopada lis kasim kas marraskuu marraskuuta listopadu noiembrie novembra
   ноября ноябрь ноя листопада νοεμβρίου نوفمبر नवंबर พฤศจิกายน`,
  `december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia gru aralik ara joulukuu joulukuuta prosince
   prosinec decembrie decembra desember des декабря декабрь дек грудня δεκεμβρίου ديسمبر दिसंबर ธันวาคม`,
]

const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(/\s+/).map((name): [string, number] => [name, index + 1])),
)

/** The number of a month, 1 to 12, by its name. */
export const monthOf = (name: string): number | undefined =>
  MONTHS.get(name.toLowerCase()) ??
  MONTHS.get(
    name
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
  )
