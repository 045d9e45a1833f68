/* Words that say of a date whose it is. */

const words = (list: string): string[] => list.split('|').map((word) => word.trim())

export const BIRTH_WORDS: readonly string[] = [
  ...words(`dob|d o b|do b|date of birth|dateofbirth|birth date|birthdate|birthday|bday|b day|born|born on|birth|date birth|birth day|birthdt|
    birth dt|patient dob|dobs|birthdates|dt of birth|d of b|bdate|b date|born date|born at|birth registered|born in|came into the world|year of birth|day of birth|date de naissance`),
  ...words(`geboren|geb|geboren am|geburtsdatum|geburtstag|geb datum|gebdat|geb am|geburt`),
  ...words(
    `ne le|nee le|ne en|nee en|naissance|date naissance|datenaissance|est ne|est nee|ne e le|date de naiss|naiss|ddn|ne un|nee un|nee e le|anniversaire`,
  ),
  ...words(
    `fecha de nacimiento|fecha nacimiento|fechanacimiento|nacimiento|nacido|nacida|nacio|f nac|fec nac|fecha nac|fecha de nac|nac|cumpleanos|naci|fnac|fdn|fecha nacim|f nacimiento|f de nacimiento|f de nac`,
  ),
  ...words(
    `data di nascita|d nascita|nascita|nato a|nata a|nato il|nata il|nato|nata|datanascita|compleanno|data nascita`,
  ),
  ...words(
    `data de nascimento|nascimento|nascido|nascida|nasceu|dt nasc|data nasc|datanascimento|nasc|aniversario|nasci|data de nasc|dt nascimento|dt de nascimento`,
  ),
  ...words(`geboortedatum|geb datum|geboren te|geboren op|geboorte|geb dat|verjaardag|gebdatum`),
  ...words(
    `data urodzenia|urodzony|urodzona|ur|urodzenia|urodziny|dataurodzenia|data ur|urodzil sie|urodzila sie|urodzilem sie|urodzilam sie|urodz|urodzonego|urodzonej|urodzony dnia|ur dnia|data urodz`,
  ),
  ...words(
    `dogum tarihi|dogum|dogumlu|dogdu|d tarihi|dogum gunu|dogdum|dogumtarihi|dogum tar|dog tar|dogum tarihim|dogum gunum`,
  ),
  ...words(
    `fodelsedatum|fodd|fodt|fodselsdato|fodselsdag|fodselsdag|fodelsedag|fodd den|fodt den|fodelsedat|fodelsedatumet|min fodelsedag|foedt|foedselsdato`,
  ),
  ...words(
    `syntymaaika|syntynyt|syntymapaiva|synt|datum narozeni|narozen|narozena|narozeni|nar|dat nar|datum rodenia|narodeny|narodena|datum narodenia|narodenia`,
  ),
  ...words(
    `data nasterii|nascut|nascuta|datum rodenja|roden|rodena|rojen|rojena|datum rojstva|szuletesi datum|szuletett|szul|szuletesi ido`,
  ),
  ...words(`tanggal lahir|tgl lahir|tarikh lahir|lahir|ngay sinh|sinh ngay|ngay thang nam sinh|kapanganakan|tarehe ya kuzaliwa|data de naixement|
    naixement|nascut el|nascuda el|dyddiad geni|datelindja|data e lindjes`),
  ...words(`sunniaeg|sundinud|dzimsanas datums|dzimis|dzimusi|gimimo data|gimes|gimusi|gimimas`),
  ...words(
    'дата рождения|родился|родилась|рожд|день рождения|рождения|дата народження|народився|народилася|роден|родена|дата на раждане',
  ),
  ...words(
    'ημερομηνία γέννησης|γεννήθηκε|γέννησης|تاريخ الميلاد|تاريخ ميلادي|تاريخ ميلاده|تاريخ ميلادها|تاريخ ميلاد|وتاريخ الميلاد|وتاريخ ميلادي|وتاريخ ميلاده|مواليد|من مواليد|ولد|ولدت|מולד|תאריך לידה|לידה|נולד|נולדה|जन्म|जन्म तिथि|जन्मतिथि|जन्म तारीख',
  ),
  ...words('วันเกิด|เกิดวันที่|出生|出生日期|生日|生于|出生年月|生年月日|誕生日|生まれ|생년월일|생일|출생|태어'),
]

/** They call a date something else, when they stand nearer to it. */
export const OTHER_DATES: readonly string[] = [
  ...words(`expires|expiry|expiration|exp|expire|expired|valid|valid until|valid thru|issued|issue date|issue|created|created at|updated|updated at|
    modified|admitted|admission|admit|discharged|discharge|visit|visited|seen|appointment|died|death|deceased|dod|hired|joined|join date|start date|
    started|end date|due|due date|deadline|effective|service date|date of service|dos|exam|examined|collected|received|reported|
    signed|sent|posted|published|ordered|shipped|delivered|invoice date|order date|last login|since|party|celebration|today|yesterday|surgery|admission date|registered`),
  ...words(
    `ausgestellt|gultig|gultig bis|aufnahme|entlassung|termin|gestorben|verstorben|bestellt|rechnungsdatum|eintritt|seit|heute|untersuchung`,
  ),
  ...words(
    `expire le|delivre|delivre le|valable|admis|admission|sortie|rendez vous|deces|decede|embauche|depuis|consultation`,
  ),
  ...words(`caduca|caducidad|vence|vencimiento|expedido|emitido|ingreso|alta|cita|fallecio|consulta|desde|contratado`),
  ...words(`scadenza|scade|rilasciato|rilascio|ricovero|dimissione|appuntamento|deceduto|visita|assunto|dal`),
  ...words(`validade|expira|emissao|internacao|internado|faleceu|obito|admissao|contratado`),
  ...words(
    `vervalt|geldig tot|uitgegeven|opname|ontslag|afspraak|overleden|sinds|wazny do|wydany|przyjety|wypisany|zmarl|wizyta|zgon`,
  ),
  ...words(
    `gecerlilik|son kullanma|verilis|randevu|taburcu|olum|vefat|yatis|giltig|utfardad|inlagd|utskriven|dod|besok`,
  ),
  ...words(
    'выдан|действителен|поступил|выписан|умер|прием|有效期|签发|就诊|入院|出院|死亡|発行|有効期限|診察|退院|만료|발급|입원|퇴원|사망',
  ),
]
