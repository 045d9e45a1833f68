import type { Language } from './language.ts'

/*
 * What people write in other languages about their families, colleagues and neighbours, and news and notes without any
 * name: added to the templates of the language. `|` is a line break.
 */
export const EVERYDAY: readonly Language[] = [
  {
    code: 'de',
    named: `
Sehr geehrter Herr {l}, sehr geehrte Frau {l},
Hallo Frau {l}, haben Sie meine Nachricht bekommen?
Ich habe gestern mit Herrn {l} telefoniert.
Frau {l} ({n}) wurde mit dem Rettungswagen gebracht.
mein mann {f} ist letztes jahr gestorben
meine kollegin {f} ist im urlaub
frag mal {f}, ob der server wieder läuft
ich bin {p} und möchte meine adresse ändern
Sachbearbeiter: {il}
Versicherungsnehmer: {lf}
Vorgelegt von {p} am {d}
Im Auftrag|{il}
`,
    plain: `
Die Regierung will die Steuern im kommenden Jahr nicht erhöhen.
Trotz Regen kamen mehr als {n} Besucher zum Fest.
Der Antrag wurde ohne Begründung abgelehnt.
Die Polizei sucht Zeugen des Unfalls.
Am Ende zählt nur das Ergebnis, sagte der Trainer.
Blutdruck {n} zu {n}, Puls regelmäßig, Lunge frei.
ich bin seit gestern krank und brauche ein attest
mein name steht falsch auf der rechnung
Frage: Wie hoch ist die Gebühr? Antwort: Zehn Prozent.
Im Winter ist die Heizung oft kaputt, im Sommer der Aufzug.
Betreff: Mahnung|Fällig am: {d}
`,
  },
  {
    code: 'fr',
    named: `
Chère Madame {l}, cher Monsieur {l},
J'ai parlé hier avec Mme {l} du service clients.
M. {l} ({n} ans) a été amené par les pompiers.
mon mari {f} est décédé l'an dernier
ma collègue {f} est en congé
demande à {f} si le serveur remarche
je suis {p} et je veux changer d'adresse
Dossier suivi par {il}
Assuré : {lf}
Pour {p}, {s}
Signé : {fl}
Me {l}, avocat de {mr} {l}, a fait appel.
`,
    plain: `
Le gouvernement ne veut pas augmenter les impôts l'an prochain.
Malgré la pluie, plus de {n} visiteurs sont venus à la fête.
La demande a été refusée sans explication.
La police recherche des témoins de l'accident.
Seul le résultat compte, a dit l'entraîneur.
Tension {n} sur {n}, pouls régulier, poumons libres.
je suis malade depuis hier et il me faut un certificat
le locataire ne paie plus son loyer
la voisine du dessus fait trop de bruit
le nom sur la facture est faux
Objet : Relance|Échéance : {d}
Question : quel est le tarif ? Réponse : dix pour cent.
`,
  },
  {
    code: 'es',
    named: `
Estimada señora {l}, estimado señor {l}:
Ayer hablé con el señor {l} de atención al cliente.
Doña {f} {l}, de {n} años, llegó en ambulancia.
mi marido {f} murió el año pasado
mi compañera {f} está de vacaciones
pregúntale a {f} si ya funciona el servidor
soy {p} y quiero cambiar mi dirección
Expediente a cargo de {il}
Titular: {lf}
Firmado: {fl}
El abogado {l} pidió más tiempo.
`,
    plain: `
El gobierno no quiere subir los impuestos el próximo año.
A pesar de la lluvia, más de {n} personas fueron a la fiesta.
La solicitud fue rechazada sin explicación.
La policía busca testigos del accidente.
Lo único que cuenta es el resultado, dijo el entrenador.
Tensión {n} sobre {n}, pulso regular, pulmones limpios.
estoy enferma desde ayer y necesito un justificante
el inquilino no paga el alquiler
la vecina de arriba hace mucho ruido
mi nombre está mal escrito en la factura
Asunto: Reclamación|Vencimiento: {d}
Hoy no me gusta nada, mañana ya veremos.
`,
  },
  {
    code: 'it',
    named: `
Gentile signora {l}, gentile signor {l},
Gent.ma Sig.ra {l}, le confermiamo l'appuntamento.
Ieri ho parlato con il signor {l} del servizio clienti.
La sig.ra {l}, {n} anni, è arrivata in ambulanza.
mio marito {f} è morto l'anno scorso
la mia collega {f} è in ferie
chiedi a {f} se il server funziona
sono {p} e vorrei cambiare indirizzo
Pratica seguita da {il}
Intestatario: {lf}
Firmato: {fl}
`,
    plain: `
Il governo non vuole aumentare le tasse l'anno prossimo.
Nonostante la pioggia, più di {n} persone sono venute alla festa.
La domanda è stata respinta senza spiegazioni.
La polizia cerca testimoni dell'incidente.
Conta solo il risultato, ha detto l'allenatore.
Pressione {n} su {n}, polso regolare, torace libero.
sono malata da ieri e mi serve un certificato
l'inquilino non paga l'affitto
la vicina di sopra fa troppo rumore
il nome sulla fattura è sbagliato
Oggetto: Sollecito|Scadenza: {d}
`,
  },
  {
    code: 'pt',
    named: `
Prezada senhora {l}, prezado senhor {l},
Ontem falei com o senhor {l} do atendimento.
Dona {f} {l}, de {n} anos, chegou de ambulância.
meu marido {f} morreu no ano passado
minha colega {f} está de férias
pergunta à {f} se o servidor já voltou
sou {p} e quero mudar o meu endereço
Processo a cargo de {il}
Titular: {lf}
Assinado: {fl}
O advogado {l} pediu mais prazo.
`,
    plain: `
O governo não quer aumentar os impostos no próximo ano.
Apesar da chuva, mais de {n} pessoas foram à festa.
O pedido foi recusado sem explicação.
A polícia procura testemunhas do acidente.
Só o resultado conta, disse o treinador.
Segundo a pesquisa, metade dos leitores prefere o papel.
Na segunda metade do jogo, a equipe jogou melhor.
Mesmo assim, o preço da gasolina voltou a subir.
Os deputados votaram ontem a nova lei do trabalho.
Pressão {n} por {n}, pulso regular, pulmões limpos.
estou doente desde ontem e preciso de um atestado
o inquilino não paga o aluguel
a vizinha de cima faz muito barulho
o meu nome está errado na fatura
Assunto: Reclamação|Vencimento: {d}
`,
  },
  {
    code: 'nl',
    named: `
Geachte mevrouw {l}, geachte heer {l},
Ik sprak gisteren met meneer {l} van de klantenservice.
Mevr. {l} ({n}) is met de ambulance gebracht.
mijn man {f} is vorig jaar overleden
mijn collega {f} is op vakantie
vraag {f} of de server het weer doet
ik ben {p} en wil mijn adres wijzigen
Behandeld door {il}
Verzekerde: {lf}
Getekend: {fl}
`,
    plain: `
De regering wil de belastingen volgend jaar niet verhogen.
Ondanks de regen kwamen meer dan {n} bezoekers naar het feest.
De aanvraag is zonder uitleg afgewezen.
De politie zoekt getuigen van het ongeval.
Alleen het resultaat telt, zei de trainer.
Bloeddruk {n} over {n}, pols regelmatig, longen schoon.
ik ben sinds gisteren ziek en heb een verklaring nodig
de huurder betaalt de huur niet meer
mijn naam staat verkeerd op de factuur
Wie is er vandaag jarig en wie brengt taart mee?
Onderwerp: Aanmaning|Vervaldatum: {d}
`,
  },
  {
    code: 'nordic',
    named: `
Jag pratade med {f} {l} på kundtjänst igår.
min man {f} dog förra året
min kollega {f} är på semester
fråga {f} om servern är igång igen
Handläggare: {il}
jag är {p} och vill ändra min adress
Jeg talte med {f} {l} fra kundeservice i går.
min mand {f} døde sidste år
spørg {f}, om serveren virker igen
Sagsbehandler: {il}
jeg er {p} og vil gerne ændre min adresse
Underskrevet: {fl}
`,
    plain: `
Regeringen vill inte höja skatterna nästa år.
Trots regnet kom mer än {n} besökare till festen.
Ansökan avslogs utan förklaring.
Polisen söker vittnen till olyckan.
mitt namn är fel på fakturan
Ärende: Påminnelse|Förfaller: {d}
Regeringen vil ikke hæve skatterne næste år.
Trods regnen kom mere end {n} gæster til festen.
Ansøgningen blev afvist uden forklaring.
Politiet søger vidner til ulykken.
mit navn står forkert på regningen
Emne: Rykker|Forfalder: {d}
Politiet leter etter vitner til ulykken.
`,
  },
  {
    code: 'pl',
    named: `
Szanowna Pani {l}, Szanowny Panie {l},
Wczoraj rozmawiałam z panem {l} z obsługi klienta.
mój mąż {f} zmarł w zeszłym roku
koleżanka {f} jest na urlopie
zapytaj {f}, czy serwer już działa
jestem {p} i chcę zmienić adres
Sprawę prowadzi {il}
Ubezpieczony: {lf}
Podpisano: {fl}
`,
    plain: `
Rząd nie chce podnosić podatków w przyszłym roku.
Mimo deszczu na festyn przyszło ponad {n} osób.
Wniosek odrzucono bez wyjaśnienia.
Policja szuka świadków wypadku.
Liczy się tylko wynik, powiedział trener.
moje nazwisko jest źle wpisane na fakturze
Temat: Wezwanie do zapłaty|Termin: {d}
`,
  },
]
