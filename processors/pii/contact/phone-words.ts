/* Words that say a number can be called. */

/** They mean telephones and nothing else, or nearly so. */
export const PHONE_WORDS: readonly string[] = [
  ...`phone|phones|phone number|phone no|phone nr|phonenumber|phoneno|phonenum|ph|ph no|telephone|telephones|telephone number|tel|tels|telno|tel no|
    tel nr|telnr|mobile|mobiles|mob|mobile number|mobileno|cell|cellphone|cell phone|cellular|landline|homephone|home phone|
    workphone|work phone|fax|faxno|fax number|facsimile|whatsapp|whats app|wa me|sms|hotline|helpline|voicemail|msisdn|caller id|
    callerid|caller number|callback|call back|call me|call us|call him|call her|call them|call at|text me|text us|text her|
    text him|reach me|reach us|reach him|reach her|handphone|hand phone|hp no|hp number|ring me|ring us|contact number|contact no|contact phone|toll free|tollfree|
    my number|your number|his number|her number|their number|our number|emergency contact|imessage|viber|pager|phone us|phone me|dial|dialed|dialled|dialing|still your phone|phone line|my digits|hit me up at|hit me up|incoming call|incoming call from|phones at|ph num|mobile num|cell num|cell number|contact num`.split(
    '|',
  ),
  ...`telefon|telefonnummer|telefonnr|tel nummer|telefonisch|handy|handynummer|handynr|mobil|mobilnummer|mobilnr|mobiltelefon|
    mobilfunk|mobilfunknummer|rufnummer|festnetz|festnetznummer|faxnummer|durchwahl|ruf mich an|rufen sie|anrufen|anruf|
    rueckruf|ruckruf|ruckrufnummer|erreichbar unter|zu erreichen unter|erreichen sie|meine nummer|unter der nummer|notfallkontakt|notrufnummer|telefax|sie erreichen mich|erreichen mich unter|erreichen uns unter|ruf mich|rufe mich|melde dich unter|melden sie sich unter|festnetznr|tel nr mobil`.split(
    '|',
  ),
  ...`telephone|telephonique|portable|numero de telephone|numero de portable|appelez|appelle|appeler|appelez moi|rappeler|
    rappelez|joignable|cellulaire|numero de cellulaire|me joindre|nous joindre|telecopie|mon numero|contact d urgence|au numero|fixe|contactez moi|contactez nous|contacter au|telephoner|telephonez|num tel|n tel|gsm`.split(
    '|',
  ),
  ...`telefono|telefonos|tfno|tlf|tlfn|telf|telef|movil|celular|cel|llama|llamame|llameme|llamanos|llamenme|llamar|llamarme|llamadme|llame|llamenos|llamando|
    marque|numero de telefono|numero de contacto|numero movil|numero de celular|mi numero|contacto de emergencia|al numero|fijo|wasap|guasap|contactarme|contactarme al|contactarme en|localizarme|num tel|nro de telefono|nro telefono|tel movil`.split(
    '|',
  ),
  ...`cellulare|telefonico|recapito|recapito telefonico|chiamare|chiamami|chiamarmi|chiama|chiamate|richiamare|
    numero di telefono|numero di cellulare|il mio numero|numero verde|contatto di emergenza|contattarmi al|contattarmi|telefonare|contattare|n tel|num telefono|numero tel`.split(
    '|',
  ),
  ...`telefone|telemovel|fone|ligar|ligue|ligue para|me liga|meu numero|contato de emergencia|contacto de emergencia|numero de telefone|numero de celular|telefonar|zap|
    zapzap|contacto telefonico|contato telefonico|contato pelo|contactar pelo|contacto pelo|contactar me|numero para contato|fale comigo`.split(
    '|',
  ),
  ...`telefoon|telefoonnummer|telefonisch|mobiel|mobiele|mobiele nummer|mobielnummer|gsm|gsm nummer|bel me|bel ons|bel mij|
    bellen|opbellen|terugbellen|bereikbaar op|te bereiken|mijn nummer|op nummer|vaste lijn|mij bereiken|me bereiken|bereiken op|tel nummer|gsm nr`.split(
    '|',
  ),
  ...`telefonu|telefonie|telefoniczny|numer telefonu|nr telefonu|nr tel|tel kom|komorka|komorki|komorke|komorkowy|zadzwon|
    zadzwonic|dzwon|dzwonic|prosze dzwonic|faks|kom|pod numer|pod numerem|moj numer|numer kontaktowy|telefon kontaktowy|kontakt telefoniczny|numer komorkowy|numer komorki`.split(
    '|',
  ),
  ...`cep|cep telefonu|cep no|cep tel|telefonum|telefonumu|telefon numarasi|telefon numaram|telefonla|arayin|arayabilirsiniz|
    arayiniz|beni ara|beni arayin|faks|iletisim|iletisim numarasi|irtibat|irtibat numarasi`.split('|'),
  ...`telefonnumret|mobilen|mobilnumret|ring mig|ring meg|ring til|ring pa|ringa|mitt nummer|mit nummer|nummeret mitt|mobiltelefonnummer|mobiltlf|telefonen|puhelin|
    puhelinnumero|puhelimeni|puh|matkapuhelin|soita|soittakaa|numeroni`.split('|'),
  ...`volejte|zavolejte|zavolat|mobilni|telefonni cislo|telefonne cislo|telefoni|sunati|suna|telefonszam|telefonszama|hivjon|
    mobilszam|telefona|tilrunis|talrunis|mob tel`.split('|'),
  ...`телефон|телефона|телефону|телефоны|тел|моб|мобильный|мобильного|сотовый|звоните|позвоните|позвони|звонить|номер телефона|мой номер|по номеру|
    факс|мобільний|телефоном|дзвоніть|мобилен`.split('|'),
  ...`τηλέφωνο|τηλεφωνο|τηλ|κινητό|κινητο|φαξ|طلفون|هاتف|الهاتف|هاتفي|رقم الهاتف|جوال|الجوال|موبايل|اتصل|والهاتف|وهاتف|وهاتفي|هاتفه|هاتفها|والجوال|وجوال|جوالي|وجوالي|جواله|رقم الجوال|الموبايل|موبايلي|تليفون|تلفون|تليفوني|تلفوني|फोन|फ़ोन|मोबाइल|टेलीफोन|
    טלפון|נייד|פלאפון|โทร|โทรศัพท์|มือถือ|เบอร์โทร|điện thoại`.split('|'),
  ...`telepon|telp|nomor telepon|no telp|nomor hp|no hp|hp wa|wa hp|no wa|nomor wa|nomor whatsapp|no telepon|so dien thoai|sdt|dien thoai|so dt`.split(
    '|',
  ),
  ...'电话|电话号码|联系电话|手机|手机号|手机号码|座机|传真|拨打|致电|打给|来电|打电话|電話|電話番号|携帯|携帯電話|携帯番号|手機|傳真|連絡電話|전화|전화번호|휴대폰|휴대전화|핸드폰|연락처|전화해|팩스|📞|📱|☎'.split(
    '|',
  ),
].map((word) => word.trim())

/** They may mean a telephone. */
export const CALL_WORDS: readonly string[] =
  `call|calls|called|calling|caller|contact|contacts|contacto|contato|contatto|contatti|kontakt|
  kontaktnummer|reach|reached|reachable|number|numbers|num|no|nr|numero|nummer|numer|numara|numarasi|numaram|numarasindan|numaradan|mobile app|text|texted|message|
  messaged|ring|rang|ext|extension|direct|helpdesk|switchboard|reception|receptionist|emergency|next of kin|hp|support line|customer service|
  signal|telegram|wechat|line id|home|work|office|buro|bureau|oficina|ufficio|escritorio|kantoor|biuro|bel|ara|liga|ring|
  joindre|appel|llamada|chiamata|chamada|ligacao|rufen|erreichen|erreichbar|cislo|szam|номер|звонок|打|号码|番号|번호|رقم|नंबर`
    .split('|')
    .map((word) => word.trim())

/** Of these, names of lines and short forms that are as well other words of a sentence. */
export const LABEL_WORDS: readonly string[] =
  'no|nr|num|ext|hp|extension|direct|emergency|signal|home|work|office|buro|bureau|oficina|ufficio|escritorio|kantoor|biuro|reception|receptionist'.split(
    '|',
  )

/** Names of identifiers that are as well small words of some language: beside telephone numbers they are that. */
export const SMALL_WORDS: readonly string[] =
  'auto|autos|wagen|pkw|lkw|fahrzeug|voiture|conta|compte|cuenta|ik|i k|ak|a k|pk|p k|sin|fin|run|car|bike|pan|bir|chi|ci|c i|ic|cc|c c|ide|idi|pis|nis|nas|nit|kt|tc|tz|t z|rc|r c|ico|eid|reg|vehicle|avs|dl|epic'.split(
    '|',
  )

/** They say of a number that it is another thing, beside the words that every detector knows. */
export const OTHER_NUMBERS: readonly string[] =
  `id|ids|call id|customer number|customer id|claim|claim id|purchase order|proposal|bid|meeting|zoom|webinar|conference|reservation|booking|confirmation|certificate|application|application number|permit|docket|order id|registration number|customer no|member|member number|member id|loan|
  loan number|policy|policy number|contract|contract number|file number|account|account number|account no|acct|mrn|medical record|
  record number|employee id|employee number|badge|student id|meter|meter reading|kundennummer|vertragsnummer|mitgliedsnummer|konto|
  kontonummer|zahlerstand|numero de client|numero client|dossier|compte|numero de cliente|codigo de cliente|cuenta|numero cliente|
  codice cliente|conto|conta|klantnummer|rekening|rekeningnummer|numer klienta|musteri numarasi|musteri no|kundnummer|kundenummer|
  asiakasnumero|счет|номер договора|订单|订单号|注文番号|주문번호`
    .split('|')
    .map((word) => word.trim())
