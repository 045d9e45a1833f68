import type { Language } from './language.ts'
import { ROMANCE } from './templates-romance.ts'

export const LANGUAGES: readonly Language[] = [
  {
    code: 'de',
    named: `
Guten Tag, mein Name ist {p} und ich habe eine Frage zu meiner Rechnung.
hallo, ich heiße {p} und wohne in {c}
ich bin {f} aus {c} und brauche hilfe
Sehr geehrter Herr {l},|vielen Dank für Ihre Nachricht.
Sehr geehrte Frau {l}, anbei erhalten Sie den Vertrag von {o}.
Sehr geehrte Frau Dr. {l},|der Termin am {d} passt mir gut.
Liebe {f}, danke für die schnelle Antwort!
Hallo {f},|kannst du bitte {f} anrufen?
Lieber {f}, wir sehen uns in {c}.
Mit freundlichen Grüßen|{p}|{o}
Viele Grüße|{f}
LG {f}
Beste Grüße aus {c}|{fl}
Patient {p}, geboren am {d}, klagt über Schmerzen im Knie.
Die Patientin {l} wurde von Dr. {l} überwiesen.
Herr {l} lebt allein in {c} und wird von seiner Tochter {f} betreut.
Frau {l} hat angerufen, sie möchte den Vertrag mit {o} kündigen.
Der Kunde {p} aus {c} wartet seit {n} Tagen auf seine Lieferung.
Rechnung an {p}, {s} {n}, {c}
Ansprechpartner: {p}, Telefon {tel}
Name: {p}|Anschrift: {s} {n}, {c}|Geburtsdatum: {d}
Vorname: {f}|Nachname: {l}|Ort: {c}
{p} arbeitet bei {o} in {c}.
Meine Schwester {f} zieht nach {c}.
mein chef {f} nervt mich total
meine freundin {f} und ich fahren nach {k}
sag {f} bitte bescheid, dass ich später komme
kennst du {p}?
wer ist {p}?
{p}, Sprecher von {o}, wollte sich nicht äußern.
{o} eröffnet eine Filiale in {c}.
Der Zug von {c} nach {c} hat Verspätung.
Bundeskanzler {l} reist nach {k}.
Teilnehmer: {p}, {p} und {p}
Aufgabe für {f}: Bericht bis Freitag an {f} schicken
Der Zeuge {p} sah den Wagen in der {s}.
Ich wohne in der {s} in {c}.
wie ist das wetter in {c}?
Danke, {f}!
{f} hat gesagt, dass {f} krank ist.
`,
    plain: `
Ich habe mein Passwort vergessen und kann mich nicht anmelden.
Wie lange dauert die Lieferung?
Bitte schicken Sie mir die Rechnung als Datei.
Die Bestellung wurde heute Morgen versendet.
Der Arzt hat mir Tabletten gegen die Schmerzen gegeben.
Das Wetter ist heute schön, aber morgen kommt Regen.
Sehr geehrte Damen und Herren,
Mit freundlichen Grüßen|Ihr Kundenservice
Vielen Dank für Ihre Geduld und Ihr Verständnis.
Guten Morgen zusammen, das Treffen beginnt um {t} Uhr.
Am Montag ist das Büro wegen eines Feiertags geschlossen.
Der Drucker im Flur druckt nur noch leere Seiten.
kannst du mir eine einkaufsliste für die woche machen
schreib mir bitte eine bewerbung als verkäufer
Die Kündigung muss schriftlich bis zum Ende des Monats erfolgen.
Bitte prüfen Sie die Angaben zu Ihrer Adresse und Ihrer Bankverbindung.
Der Vertrag läuft zwei Jahre und verlängert sich automatisch.
Die Katze schläft auf dem Sofa, der Hund im Garten.
Wir brauchen Milch, Brot, Butter und Käse.
Die Sitzung der Geschäftsleitung findet im großen Saal statt.
Das Gerät startet nach dem Update nicht mehr.
Die Versicherung übernimmt die Kosten für die Behandlung nicht.
Der Mieter zahlt die Miete immer pünktlich.
Die Untersuchung ergab keinen auffälligen Befund.
Erklären Sie den Unterschied zwischen Umsatz und Gewinn.
Das Kind spielt mit dem Ball auf der Wiese.
`,
  },
  ...ROMANCE,
  {
    code: 'nl',
    named: `
Goedemiddag, mijn naam is {p} en ik heb een vraag over mijn bestelling.
hoi ik ben {f} en ik woon in {c}
ik heet {p} en ik kan niet inloggen
Geachte heer {l},|dank voor uw bericht.
Beste {f}, bedankt voor je snelle antwoord!
Met vriendelijke groet,|{p}|{o}
Groetjes, {f}
Patiënt {p}, geboren op {d}, heeft pijn aan de knie.
Mevrouw {l} woont alleen in {c} met haar dochter {f}.
De klant {p} uit {c} wacht al {n} dagen op de levering.
Voornaam: {f}|Achternaam: {l}|Woonplaats: {c}
{p} werkt bij {o} in {c}.
Mijn zus {f} verhuist naar {c}.
zeg tegen {f} dat ik later kom
ken je {p}?
De trein van {c} naar {c} heeft vertraging.
Minister {l} reisde naar {k}.
Aanwezig: {p}, {p} en {p}
Ik woon in de {s} {n} in {c}.
Bedankt {f}!
`,
    plain: `
Ik ben mijn wachtwoord vergeten en kan niet inloggen.
Hoe lang duurt de levering?
Stuur mij de factuur alstublieft per e-mail.
De bestelling is vanmorgen verzonden.
Het weer is vandaag mooi maar morgen gaat het regenen.
Met vriendelijke groet,|De klantenservice
De vergadering begint om {t} uur in de grote zaal.
We hebben melk, brood en kaas nodig.
Het kind speelt met de bal in de tuin.
schrijf een sollicitatiebrief voor een baan als verkoper
`,
  },
  {
    code: 'nordic',
    named: `
Hej, jag heter {p} och har en fråga om min beställning.
hej det är {f}, jag bor i {c}
Hej {f},|tack för ditt snabba svar!
Med vänliga hälsningar|{p}|{o}
Patienten {p}, född {d}, har ont i knät.
Kunden {p} från {c} väntar på leveransen sedan {n} dagar.
{p} arbetar på {o} i {c}.
Min syster {f} flyttar till {c}.
säg till {f} att jag kommer senare
Tåget från {c} till {c} är försenat.
Statsminister {l} reste till {k}.
Förnamn: {f}|Efternamn: {l}|Ort: {c}
Närvarande: {p}, {p} och {p}
Hej, mit navn er {p}, og jeg har et spørgsmål om min ordre.
jeg hedder {f} og bor i {c}
Kære {f}, tak for dit hurtige svar!
Med venlig hilsen|{p}|{o}
{p} arbejder hos {o} i {c}.
Min søster {f} flytter til {c}.
Patienten {p} har haft ondt i knæet siden {d}.
"Det er en god dag", siger {p} fra {o}.
Toget fra {c} til {c} er forsinket.
Formanden for {o}, {p}, siger nej.
Hei, jeg heter {p} og har et spørsmål om bestillingen min.
Hilsen {f}
Kunden {p} i {c} venter på pakken.
si til {f} at jeg kommer senere
`,
    plain: `
Jag har glömt mitt lösenord och kan inte logga in.
Hur lång tid tar leveransen?
Beställningen skickades i morse från lagret.
Vädret är fint idag men imorgon blir det regn.
Mötet börjar klockan {t} i stora salen.
Vi behöver mjölk, bröd och ost.
Barnet leker med bollen i trädgården.
Det var ett strängt samhälle där alla arbetade.
Jeg har glemt min adgangskode og kan ikke logge ind.
Hvor lang tid tager leveringen?
Ordren blev sendt i morges fra lageret.
Vejret er fint i dag, men i morgen kommer der regn.
Mødet begynder klokken {t} i den store sal.
Hvor kommer julemanden fra?
Flertallet mener, at det er en dårlig idé.
Jeg har glemt passordet mitt og får ikke logget inn.
Været er fint i dag, men i morgen blir det regn.
Møtet begynner klokken {t} i den store salen.
`,
  },
  {
    code: 'pl',
    named: `
Dzień dobry, nazywam się {p} i mam pytanie o zamówienie.
cześć, jestem {f}, mieszkam w {c}
Szanowny Panie {l},|dziękuję za wiadomość.
Szanowna Pani {l}, w załączeniu przesyłam umowę z {o}.
Cześć {f},|dzięki za szybką odpowiedź!
Z poważaniem|{p}|{o}
Pozdrawiam, {f}
Pacjent {p}, urodzony {d}, skarży się na ból kolana.
Klientka {p} z miasta {c} czeka na dostawę od {n} dni.
Imię: {f}|Nazwisko: {l}|Miasto: {c}
{p} pracuje w {o}, {c}.
Moja siostra {f} przeprowadza się do {c}.
powiedz {f}, że będę później
znasz {p}?
Pociąg {c} - {c} jest opóźniony.
Obecni: {p}, {p} i {p}
Mieszkam przy {s} {n}, {c}.
Dziękuję, {f}!
`,
    plain: `
Zapomniałem hasła i nie mogę się zalogować.
Ile trwa dostawa?
Proszę przesłać fakturę pocztą elektroniczną.
Zamówienie zostało wysłane dziś rano.
Pogoda jest dziś ładna, ale jutro będzie padać.
Z poważaniem|Dział obsługi klienta
Spotkanie zaczyna się o {t} w dużej sali.
Potrzebujemy mleka, chleba i sera.
Dziecko bawi się piłką w ogrodzie.
napisz list motywacyjny na stanowisko sprzedawcy
`,
  },
  {
    code: 'other',
    named: `
Merhaba, benim adım {p}, siparişimle ilgili bir sorum var.
Sayın {p},|mesajınız için teşekkür ederim.
Teşekkürler {f}!
Saygılarımla,|{p}
{p} {c} şehrinde yaşıyor ve {o} için çalışıyor.
Dobrý den, jmenuji se {p} a mám dotaz k objednávce.
Vážený pane {l},|děkuji za zprávu.
S pozdravem|{p}|{o}
{p} pracuje ve firmě {o}, {c}.
Bună ziua, mă numesc {p} și am o întrebare despre comandă.
Stimate domnule {l},|vă mulțumesc pentru mesaj.
Cu stimă,|{p}
Jó napot, a nevem {p}, és kérdésem van a rendelésemről.
Üdvözlettel,|{p}|{o}
Hei, nimeni on {p} ja asun kaupungissa {c}.
Terveisin|{f}
Halo, nama saya {p}, saya tinggal di {c}.
Terima kasih, {f}!
Xin chào, tôi tên là {p}, tôi sống ở {c}.
mera naam {f} hai aur main {c} mein rehta hoon
bhai {f} ko bolo {o} wala payment ho gaya
ako si {p} at nakatira ako sa {c}
jina langu ni {p} na ninaishi {c}
`,
    plain: `
Şifremi unuttum ve giriş yapamıyorum.
Teslimat ne kadar sürer?
Bugün hava güzel ama yarın yağmur yağacak.
Zapomněl jsem heslo a nemohu se přihlásit.
Jak dlouho trvá doručení?
Dnes je hezky, ale zítra bude pršet.
Am uitat parola și nu pot intra în cont.
Cât durează livrarea?
Elfelejtettem a jelszavamat, és nem tudok belépni.
Ma szép idő van, de holnap esni fog.
Unohdin salasanani enkä pääse kirjautumaan.
Kuinka kauan toimitus kestää?
Saya lupa kata sandi dan tidak bisa masuk.
Berapa lama pengirimannya?
Tôi quên mật khẩu và không đăng nhập được.
mujhe apna password yaad nahi hai, kya karu
nakalimutan ko ang password ko
`,
  },
  {
    code: 'ru',
    named: `
Здравствуйте, меня зовут {p}, у меня вопрос по заказу.
привет, я {f} из города {c}
Уважаемый господин {l},|спасибо за сообщение.
Уважаемая {f}, высылаю договор.
С уважением,|{p}|{o}
Спасибо, {f}!
Пациент {p}, {d} года рождения, жалуется на боль.
Клиент {p} ждёт доставку {n} дней.
Имя: {f}|Фамилия: {l}|Город: {c}
{p} работает в компании {o}, {c}.
Моя сестра {f} переезжает в {c}.
скажи {f}, что я опоздаю
кто такой {p}?
Добрий день, мене звати {p}, я маю питання.
Дякую, {f}!
Директор {p} подписал документ.
Присутствовали: {p}, {p} и {p}
Καλημέρα, με λένε {p} και έχω μια ερώτηση.
Ευχαριστώ, {f}!
Με εκτίμηση,|{p}
Ο πελάτης {p} περιμένει την παράδοση.
`,
    plain: `
Я забыл пароль и не могу войти в систему.
Сколько времени занимает доставка?
Пришлите, пожалуйста, счёт по электронной почте.
Сегодня хорошая погода, но завтра будет дождь.
С уважением,|Служба поддержки
Собрание начинается в {t} в большом зале.
Нам нужны молоко, хлеб и сыр.
Ребёнок играет с мячом в саду.
Я забув пароль і не можу увійти.
Скільки часу займає доставка?
Ξέχασα τον κωδικό μου και δεν μπορώ να συνδεθώ.
Πόσο διαρκεί η παράδοση;
Σήμερα ο καιρός είναι καλός, αλλά αύριο θα βρέξει.
`,
  },
]
