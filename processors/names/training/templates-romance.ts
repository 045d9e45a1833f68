import type { Language } from './language.ts'

/* French, Spanish, Italian, Portuguese: as in templates-languages.ts. */
export const ROMANCE: readonly Language[] = [
  {
    code: 'fr',
    named: `
Bonjour, je m'appelle {p} et j'ai un problème avec ma commande.
bonjour je suis {f}, j'habite à {c}
Cher Monsieur {l},|merci pour votre message.
Chère Madame {l}, veuillez trouver ci-joint le contrat de {o}.
Bonjour {f},|merci pour ta réponse rapide !
salut {f}, tu viens à {c} samedi ?
Cordialement,|{p}|{o}
Bien à vous,|{fl}
Bises, {f}
Le patient {p}, né le {d}, se plaint de douleurs.
Mme {l} a été adressée par le docteur {l}.
Monsieur {l} habite seul à {c} avec sa fille {f}.
La cliente, {p}, attend sa livraison depuis {n} jours.
Nom : {l}|Prénom : {f}|Ville : {c}
Contact : {p}, {tel}
{p} travaille chez {o} à {c}.
Ma sœur {f} déménage à {c}.
mon patron {f} est insupportable
dis à {f} que je serai en retard
tu connais {p} ?
qui est {p} ?
{p}, porte-parole de {o}, n'a pas souhaité commenter.
{o} ouvre un bureau à {c}.
Le train de {c} à {c} est en retard.
Le président {l} s'est rendu en {k}.
Participants : {p}, {p} et {p}
J'habite au {n} {s} à {c}.
quel temps fait-il à {c} ?
Merci {f} !
{f} a dit que {f} est malade.
L'entreprise {o} recrute à {c}.
`,
    plain: `
J'ai oublié mon mot de passe et je n'arrive pas à me connecter.
Quel est le délai de livraison ?
Merci de m'envoyer la facture par courriel.
La commande a été expédiée ce matin.
Le médecin m'a prescrit des comprimés contre la douleur.
Il fait beau aujourd'hui mais demain il va pleuvoir.
Madame, Monsieur,
Cordialement,|Le service client
Merci pour votre patience et votre compréhension.
La réunion commence à {t} dans la grande salle.
Le bureau sera fermé lundi en raison d'un jour férié.
peux-tu écrire une lettre de motivation pour un poste de vendeur
fais moi une liste de courses pour la semaine
Le contrat dure deux ans et se renouvelle automatiquement.
L'appareil ne démarre plus après la mise à jour.
Nous avons besoin de lait, de pain et de fromage.
Les résultats de l'examen sont normaux.
L'enfant joue au ballon dans le jardin.
C'est vraiment dommage, je ne reviendrai pas.
`,
  },
  {
    code: 'es',
    named: `
Hola, me llamo {p} y tengo un problema con mi pedido.
hola soy {f}, vivo en {c}
mi nombre es {p} y necesito ayuda con la factura
Estimado señor {l}:|gracias por su mensaje.
Estimada Sra. {l}, adjunto encontrará el contrato de {o}.
Hola {f},|gracias por responder tan rápido.
Querida {f}, nos vemos en {c}.
Saludos cordiales,|{p}|{o}
Un abrazo,|{f}
El paciente {p}, nacido el {d}, refiere dolor en la rodilla.
La paciente {l} fue derivada por el doctor {l}.
El señor {l} vive solo en {c} con su hija {f}.
El cliente {p} de {c} espera su entrega desde hace {n} días.
Nombre: {f}|Apellidos: {l} {l}|Ciudad: {c}
Contacto: {p}, teléfono {tel}
{p} trabaja en {o} en {c}.
Mi hermana {f} se muda a {c}.
mi jefe {f} es insoportable
mi novia {f} y yo vamos a {k}
dile a {f} que llego tarde
¿conoces a {p}?
¿Quién es {p}?
{p}, portavoz de {o}, no quiso hacer declaraciones.
{o} abre una oficina en {c}.
El tren de {c} a {c} lleva retraso.
El presidente {l} viajó a {k}.
Asistentes: {p}, {p} y {p}
Vivo en {s} {n}, {c}.
¿qué tiempo hace en {c}?
¡Gracias, {f}!
{f} dijo que {f} está enfermo.
`,
    plain: `
He olvidado mi contraseña y no puedo entrar en mi cuenta.
¿Cuánto tarda el envío?
Por favor, envíeme la factura por correo electrónico.
El pedido salió esta mañana del almacén.
El médico me dio unas pastillas para el dolor.
Hoy hace buen tiempo pero mañana va a llover.
Estimados señores:
Saludos cordiales,|El equipo de atención al cliente
Gracias por su paciencia y comprensión.
La reunión empieza a las {t} en la sala grande.
La oficina estará cerrada el lunes por ser festivo.
escribe una carta de presentación para un puesto de vendedor
hazme una lista de la compra para la semana
El contrato dura dos años y se renueva automáticamente.
El aparato no enciende después de la actualización.
Necesitamos leche, pan y queso.
Los resultados de los análisis son normales.
El niño juega con la pelota en el jardín.
`,
  },
  {
    code: 'it',
    named: `
Buongiorno, mi chiamo {p} e ho un problema con il mio ordine.
ciao sono {f}, abito a {c}
Gentile signor {l},|grazie per il suo messaggio.
Gentile dott.ssa {l}, in allegato trova il contratto di {o}.
Ciao {f},|grazie per la risposta veloce!
Cari saluti,|{f}
Cordiali saluti,|{p}|{o}
Il paziente {p}, nato il {d}, lamenta dolori al ginocchio.
La signora {l} vive da sola a {c} con la figlia {f}.
Il cliente {p} di {c} aspetta la consegna da {n} giorni.
Nome: {f}|Cognome: {l}|Città: {c}
{p} lavora da {o} a {c}.
Mia sorella {f} si trasferisce a {c}.
il mio capo {f} è insopportabile
di' a {f} che arrivo tardi
conosci {p}?
{p}, portavoce di {o}, non ha voluto commentare.
Il treno da {c} a {c} è in ritardo.
Il presidente {l} è andato in {k}.
Partecipanti: {p}, {p} e {p}
Abito in {s} {n}, {c}.
Grazie {f}!
`,
    plain: `
Ho dimenticato la password e non riesco ad accedere.
Quanto tempo ci vuole per la consegna?
Per favore mi mandi la fattura per posta elettronica.
L'ordine è partito stamattina dal magazzino.
Oggi il tempo è bello ma domani piove.
Cordiali saluti,|Il servizio clienti
La riunione comincia alle {t} nella sala grande.
scrivi una lettera di presentazione per un lavoro da commesso
Il contratto dura due anni e si rinnova automaticamente.
Abbiamo bisogno di latte, pane e formaggio.
Gli esami del sangue sono normali.
Il bambino gioca con la palla nel giardino.
`,
  },
  {
    code: 'pt',
    named: `
Olá, meu nome é {p} e tenho um problema com o meu pedido.
oi, sou a {f}, moro em {c}
meu nome é {p} e preciso de ajuda com a fatura
Prezado senhor {l},|obrigado pela sua mensagem.
Prezada Sra. {l}, segue em anexo o contrato da {o}.
Oi {f},|obrigada pela resposta rápida!
Atenciosamente,|{p}|{o}
Um abraço,|{f}
O paciente {p}, nascido em {d}, queixa-se de dores no joelho.
A paciente {l} foi encaminhada pelo doutor {l}.
O senhor {l} mora sozinho em {c} com a filha {f}.
O cliente {p} de {c} espera a entrega há {n} dias.
Nome: {p}|Cidade: {c}|Empresa: {o}
Contato: {p}, telefone {tel}
{p} trabalha na {o} em {c}.
A minha irmã {f} vai mudar-se para {c}.
meu chefe {f} é insuportável
fala para o {f} que vou chegar tarde
você conhece o {p}?
Quem é {p}?
Segundo {p}, presidente da {o}, os preços vão subir.
"Não vamos parar", disse {p}, diretor da {o}.
O presidente {l} viajou para {k}.
A {o} abriu um escritório em {c}.
O ministro {p} reuniu-se em {c} com {p}.
De acordo com {l}, a decisão cabe ao {o}.
O trem de {c} para {c} está atrasado.
Participantes: {p}, {p} e {p}
Moro na {s}, {n}, em {c}.
Obrigado, {f}!
O jogador {p}, do {o}, marcou {n} gols contra o {o}.
`,
    plain: `
Esqueci a minha senha e não consigo entrar na conta.
Quanto tempo demora a entrega?
Por favor, envie a fatura por e-mail.
O pedido saiu hoje de manhã do armazém.
O médico receitou comprimidos para a dor.
Hoje o tempo está bom mas amanhã vai chover.
Atenciosamente,|A equipe de atendimento
A reunião começa às {t} na sala grande.
escreva uma carta de apresentação para uma vaga de vendedor
O contrato dura dois anos e renova-se automaticamente.
Precisamos de leite, pão e queijo.
A criança brinca com a bola no jardim.
Não é correto pensar que os preços vão cair.
O governo anunciou novas medidas para a economia.
`,
  },
]
