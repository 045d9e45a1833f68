/*
 * Words whose neighbourhood tells names: our own lists, in about a dozen languages, lower case and without diacritics.
 * The order is the code a word gets (from 1); a word in several lists gets the last.
 */
export const CUES: readonly (readonly [string, string])[] = [
  [
    'place preposition',
    `in at from to near around visiting towards aus nach bei en desde hacia em dans depuis vers da verso uit naar bij i fra
    till til w z do z we pres chez cerca perto vicino sur desde`,
  ],
  [
    'introduction',
    `name names named called surname nickname aka alias signed heisse heisst heissen hiess llamo llama llamaba appelle
    appelles appellent chiamo chiama chamo chama heter hedder heet noemt nazywam nazywa imie nazwisko nombre apellido
    apellidos nom prenom nome cognome sobrenome vorname nachname naam voornaam achternaam namn navn mam adi adim isim ism
    zovem zove jmenuji numele cheama hivnak nevem nimeni`,
  ],
  [
    'role',
    `patient customer client user caller employee colleague manager boss teacher doctor nurse lawyer agent driver tenant
    landlord guest member candidate applicant student contact recipient sender owner husband wife son daughter mother father
    mom mum dad sister brother uncle aunt aunty grandma grandpa cousin nephew niece friend neighbour neighbor roommate
    girlfriend boyfriend fiance fiancee partner author reporter assignee reviewer attendee participant spouse child baby
    coworker supervisor director ceo cto cfo chair chairman chairwoman spokesman spokeswoman editor actor actress singer rapper star player striker captain president minister senator governor mayor judge officer detective coach
    professor kunde kundin patientin mitarbeiter mitarbeiterin kollege kollegin chef chefin lehrer lehrerin arzt arztin
    anwalt mieter vermieter gast mann frau sohn tochter mutter vater schwester bruder freund freundin nachbar nachbarin
    cliente paciente empleado empleada jefe jefa abogado abogada esposa esposo marido mujer hijo hija madre padre hermano
    hermana amigo amiga vecino vecina presidente ministro patiente employe collegue patron avocat avocate mari femme fils
    fille mere pere soeur frere ami amie voisin voisine paziente collega capo avvocato moglie marito figlio figlia
    fratello sorella amico amica vicino filho filha irmao irma mae pai vizinho advogado advogada funcionario klant
    medewerker baas vrouw zoon dochter moeder broer zus vriend vriendin buurman kund patienten kollega chefen make maka
    mor far syster bror van vannen dotter kollegaen mand kone sonnen datter soster ven veninde klient klientka pacjent
    pacjentka kolega kolezanka szef szefowa zona maz syn corka matka ojciec brat siostra pan pani`,
  ],
  [
    'speech',
    `said says told asked asks wrote writes replied replies answered called calls emailed texted mentioned confirmed
    explained thinks wants agreed suggested complained reported requested joined met meet invited married works lives sagte
    sagt fragte schrieb meinte antwortete rief dijo dice pregunto escribio respondio llamo dit disse diz perguntou escreveu
    respondeu demande ecrit repondu ha detto chiesto scrisse zei vroeg schreef sade sager sagde skrev fragade powiedzial
    powiedziala napisal napisala zapytal mowi`,
  ],
  [
    'greeting',
    `hi hello hey hiya dear thanks thank thx cheers yo morning evening afternoon welcome sorry congrats congratulations
    ask tell call email text ping contact meet cc hallo hei guten tag liebe lieber danke hola buenas buenos estimado
    estimada querido querida gracias bonjour salut cher chere merci ciao buongiorno caro cara gentile grazie ola oi bom
    prezado prezada obrigado obrigada beste lieve dag bedankt hej tjena kara tack kaere tak hei kjaere takk czesc witam
    szanowny szanowna drogi droga dziekuje dzieki ahoj dobry merhaba sevgili sayin halo`,
  ],
  [
    'closing',
    `regards sincerely yours best faithfully love xoxo warmly respectfully grusse gruss grussen freundlichen mfg lg vg
    saludos atentamente abrazo besos cordialement bisous amities salutations cordialmente saluti distinti atenciosamente
    abracos beijos groeten groet vriendelijke halsningar mvh hilsen venlig vennlig pozdrawiam pozdrowienia powazaniem`,
  ],
  [
    'month',
    `january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec januar februar marz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre janvier fevrier mars avril juin juillet aout septembre octobre novembre
    decembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro marco maio junho
    julho setembro outubro novembro dezembro januari februari maart mei augustus maj augusti stycznia lutego marca kwietnia
    maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia`,
  ],
  [
    'weekday',
    `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag
    mittwoch donnerstag freitag samstag sonntag lunes martes miercoles jueves viernes sabado domingo lundi mardi mercredi
    jeudi vendredi samedi dimanche lunedi martedi mercoledi giovedi venerdi sabato domenica segunda terca quarta quinta
    sexta feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lordag
    sondag tisdag poniedzialek wtorek sroda czwartek piatek sobota niedziela today tomorrow yesterday`,
  ],
  [
    'place word',
    `street st road rd avenue ave boulevard blvd lane ln drive court square plaza highway hwy bridge park river lake mount
    mountain mt valley beach bay island islands isle coast county district province state city town village port harbor
    harbour airport station terminal border region north south east west northern southern eastern western upper lower
    central downtown strasse str platz weg allee gasse ufer bahnhof flughafen stadt rue place quai pont gare ville calle
    avenida plaza paseo carrera barrio rio isla playa via viale piazza corso lago monte isola rua praca largo travessa
    bairro ilha straat plein gracht laan dijk gatan gata vagen vej gade plads torv ulica ul aleja plac osiedle rynek
    gebirge insel kreis republic kingdom emirates federation oblast`,
  ],
  [
    'organisation word',
    `inc ltd llc plc corp corporation company co group holdings partners associates bank insurance university college
    school institute academy hospital clinic foundation association society council committee commission ministry
    department agency authority court party union federation club fc team league church museum library studio studios
    records press news times post tribune gazette radio tv airlines airways motors pharma pharmaceuticals laboratories labs
    technologies systems solutions software consulting logistics energy capital ventures fund trust services industries
    restaurant cafe bar hotel gmbh ag kg ug ohg ev mbh se sa sarl sas srl spa bv nv ab as oy aps sp zoo ltda eireli verein
    versicherung klinik krankenhaus universitat hochschule schule stiftung ministerium amt verlag werke sparkasse banco
    seguros universidad universidade universite universita ecole escuela escola scuola hopital ospedale banque banca
    assicurazioni fundacion fundacao fondation fondazione ministere ministerio ministero sociedad sociedade societe societa
    ziekenhuis universiteit stichting verzekeringen bedrijf universitet sjukhus sygehus stiftelse forsikring szpital
    uniwersytet fundacja szkola firma urzad spolka`,
  ],
  [
    'particle',
    `de del della di da dos das do van von vom zu zum zur der den ter ten la le el al bin ibn abu bint ben mac mc san
    santa saint st o du des af y e und af`,
  ],
  [
    'title',
    `mr mrs ms miss mx dr prof professor sir lady lord dame rev reverend father sister brother pastor rabbi imam captain
    capt colonel col major general gen lieutenant lt sergeant sgt corporal officer detective inspector agent judge justice
    president senator congressman congresswoman governor chancellor minister secretary ambassador king queen prince princess
    pope bishop cardinal saint duke duchess princess baron baroness uncle aunt auntie grandma grandpa coach herr frau hr fr herrn doktor dipl ing senor senora
    senorita sr sra srta don dona dr dra monsieur madame mademoiselle mme mlle maitre docteur signor signora signorina sig
    dott dottor dottoressa ing avv senhor senhora meneer mevrouw dhr mevr mw fru froken herra pan pani panstwo lek mgr
    inz bay bayan hanim gospodin gospodja pane pani sheikh sheikha hajji sri shri smt`,
  ],
  [
    'technical',
    `function class method error exception warning debug info trace fatal null undefined true false void int string bool
    boolean const let var import export return await async version build release commit branch merge pull push deploy
    server client database table column row index query cache queue thread process container cluster node pod token api
    url uri http https json xml yaml csv html css sql tcp udp dns ssl tls ssh ftp cpu gpu ram usb pdf npm pip git docker
    kubernetes linux windows macos android ios module package library framework plugin config file folder path port host
    request response timeout retry status code parameter argument variable value key id uuid hash schema model endpoint
    webhook callback event handler loop array object list map set type interface struct enum test mock bug fix patch issue
    ticket login password username email admin root default settings option menu button page screen app application tab
    dashboard report chart template prompt dataset notebook pipeline tensor epoch batch`,
  ],
  [
    'product',
    `jenkins kafka django flask python java javascript typescript ruby rails perl julia scala kotlin swift rust haskell
    erlang elixir pascal fortran cobol ada lua golang react angular vue svelte next nuxt nest express fastify node deno bun
    pandas numpy scipy pytorch tensorflow keras spark hadoop hive presto airflow luigi celery redis postgres postgresql
    mysql mariadb sqlite mongodb cassandra elasticsearch kibana logstash grafana prometheus jaeger zipkin sentry datadog
    splunk terraform ansible puppet chef vagrant packer consul vault nomad nginx apache tomcat jetty gradle maven ant bazel
    webpack vite babel eslint prettier jest mocha cypress playwright selenium puppeteer storybook figma jira confluence
    trello notion slack zoom teams outlook gmail excel word powerpoint photoshop illustrator lightroom chrome firefox safari
    edge opera alexa siri cortana bixby claude gemini bard llama mistral gemma copilot chatgpt gpt whisper watson jupyter
    anaconda conda ubuntu debian fedora centos arch mint bluetooth iphone ipad macbook galaxy pixel kindle xbox playstation
    switch android lambda aurora athena redshift snowflake databricks looker tableau spring hibernate lombok jackson gson
    guava junit mockito cucumber behave robin clickhouse duckdb dagster prefect hugging langchain ollama pinecone weaviate
    milvus qdrant chroma helm istio envoy linkerd calico cilium flannel harbor rancher argo tekton travis circleci bitbucket
    github gitlab visa mastercard maestro paypal stripe klarna euro dollar bitcoin ethereum`,
  ],
]
