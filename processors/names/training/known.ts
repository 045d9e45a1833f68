/*
 * Places and organisations that the packages' lists lack: our own lists, from general knowledge.
 */

const split = (text: string): readonly string[] =>
  text
    .split(/[\n;]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')

export const KNOWN_PLACES: readonly string[] = split(`
Europe; Asia; Africa; North America; South America; Latin America; Antarctica; Oceania; Australasia; Middle East
Far East; Scandinavia; Balkans; Benelux; Caribbean; Caucasus; Siberia; Mediterranean; Atlantic; Pacific; Arctic
England; Scotland; Wales; Northern Ireland; Great Britain; Britain; UK; U.K.; USA; U.S.; U.S.A.; United States; EU; UAE
America; Holland; Czechia; Ivory Coast; Burma; Persia; Palestine; West Bank; Gaza; Gaza Strip; Kurdistan; Kashmir; Tibet
Catalonia; Andalusia; Basque Country; Galicia; Bavaria; Saxony; Hesse; Thuringia; Brandenburg; Westphalia; Rhineland
Lower Saxony; Baden-Württemberg; Nordrhein-Westfalen; Bayern; Sachsen; Hessen; Niedersachsen; Schleswig-Holstein
Brittany; Normandy; Provence; Burgundy; Alsace; Lombardy; Tuscany; Sicily; Sardinia; Veneto; Piedmont; Umbria; Puglia
Flanders; Wallonia; Silesia; Moravia; Bohemia; Transylvania; Crimea; Donbas; Chechnya; Dagestan; Bosnia; Kosovo
Kent; Essex; Sussex; Surrey; Cornwall; Devon; Dorset; Somerset; Yorkshire; Lancashire; Cheshire; Norfolk; Suffolk
Cumbria; Hampshire; Wiltshire; Oxfordshire; Berkshire; Hertfordshire; Middlesex; Midlands; Merseyside; Tyneside
Westminster; Camden; Hackney; Soho; Brixton; Shoreditch; Wimbledon; Greenwich; Heathrow; Gatwick; Stansted; Luton
Manhattan; Brooklyn; Queens; Bronx; Staten Island; Harlem; Long Island; Hollywood; Beverly Hills; Silicon Valley
Bay Area; Palo Alto; Mountain View; Cupertino; Menlo Park; Malibu; Las Vegas; Vegas; New Orleans; New England; Midwest
Washington DC; Washington D.C.; D.C.; NYC; LA; SF; Cape Cod; Florida Keys; Rocky Mountains; Grand Canyon; Yellowstone
Ontario; Quebec; British Columbia; Alberta; Manitoba; Saskatchewan; Nova Scotia; New Brunswick; Newfoundland; Yukon
New South Wales; Queensland; Tasmania; South Australia; Western Australia; Northern Territory; NSW
Punjab; Gujarat; Kerala; Tamil Nadu; Karnataka; Maharashtra; Rajasthan; Uttar Pradesh; West Bengal; Bihar; Goa; Assam
São Paulo; Minas Gerais; Bahia; Rio de Janeiro; Rio Grande do Sul; Paraná; Ceará; Pernambuco; Algarve; Alentejo; Madeira
Patagonia; Yucatan; Jalisco; Oaxaca; Chiapas; Antioquia; Bogotá; CDMX; Ciudad de México; Galápagos; Amazon River
Thames; Rhine; Danube; Seine; Nile; Ganges; Mississippi; Volga; Alps; Pyrenees; Andes; Himalayas; Mount Everest; Sahara
Lake Geneva; Lake Michigan; Black Sea; Red Sea; Baltic Sea; North Sea; Gulf of Mexico; Persian Gulf; Suez Canal
Times Square; Central Park; Wall Street; Broadway; Fifth Avenue; Oxford Street; Trafalgar Square; Hyde Park; Downing Street
Eiffel Tower; Champs-Élysées; Brandenburger Tor; Alexanderplatz; Potsdamer Platz; Unter den Linden; Plaza Mayor
White House; Buckingham Palace; Capitol Hill; Pentagon; Kremlin; Red Square; Tiananmen Square; Ground Zero
München; Köln; Nürnberg; Düsseldorf; Zürich; Wien; Genève; Roma; Milano; Napoli; Firenze; Venezia; Torino; Lisboa; Praha
Warszawa; Kraków; Wrocław; Gdańsk; Poznań; Łódź; Moskva; Kyiv; Kiev; Kharkiv; Odessa; Lviv; København; Göteborg; Malmö
Antwerpen; Bruxelles; Brussel; Den Haag; 's-Hertogenbosch; Sevilla; Athína; Beograd; București; Österreich; Schweiz
Deutschland; España; Italia; Polska; Sverige; Danmark; Norge; Suomi; Nederland; Belgique; Brasil; Portugal; Türkiye
Fallujah; Mosul; Raqqa; Aleppo; Damascus; Baghdad; Kirkuk; Tikrit; Najaf; Basra; Kabul; Kandahar; Ramallah; Hebron
Москва; Санкт-Петербург; Новосибирск; Екатеринбург; Казань; Самара; Россия; Украина; Беларусь; Киев; Київ; Львів; Харків
Одеса; Минск; Сочи; Владивосток; Ростов-на-Дону; Воронеж; Пермь; Уфа; Омск; Челябинск; Сибирь; Крым; Софія; София
Αθήνα; Θεσσαλονίκη; Πάτρα; Ελλάδα; Κύπρος; Κρήτη; Λονδίνο; Παρίσι; Βερολίνο
`)

export const KNOWN_ORGANISATIONS: readonly string[] = split(`
NHS; BBC; CNN; NBC; CBS; ABC News; Fox News; Reuters; Bloomberg; AFP; Associated Press; Al Jazeera; Guardian; Telegraph
New York Times; NY Times; Washington Post; Wall Street Journal; Financial Times; Daily Mail; Der Spiegel; Die Zeit
Süddeutsche Zeitung; Frankfurter Allgemeine; Le Monde; Le Figaro; El País; El Mundo; La Repubblica; Folha de S.Paulo
O Globo; Público; Dagens Nyheter; Aftonbladet; Politiken; Gazeta Wyborcza; Time Magazine; Newsweek; Forbes; Economist
UN; United Nations; NATO; WHO; UNICEF; UNESCO; UNHCR; IMF; World Bank; WTO; OPEC; OECD; European Union; African Union
European Commission; European Parliament; European Central Bank; ECB; Red Cross; Amnesty International; Greenpeace; WWF
Oxfam; Save the Children; Doctors Without Borders; Human Rights Watch; Wikipedia; Wikimedia; Mozilla; Apache Foundation
FBI; CIA; NSA; NASA; FDA; CDC; IRS; DHS; SEC; FCC; FTC; EPA; TSA; DEA; Pentagon; Congress; Senate; House of Representatives
Supreme Court; State Department; Department of Justice; Department of Defense; White House; Federal Reserve; Treasury
Parliament; House of Commons; House of Lords; Home Office; Foreign Office; HMRC; DVLA; MI5; MI6; Scotland Yard; Met Police
Labour Party; Conservative Party; Tories; Liberal Democrats; Republican Party; Democratic Party; GOP; DNC; RNC; SNP; UKIP
CDU; CSU; SPD; FDP; AfD; Die Grünen; Bundestag; Bundesrat; Bundeswehr; Finanzamt; Arbeitsagentur; Deutsche Bahn; Charité
Deutsche Bank; Commerzbank; Allianz; Siemens; Bosch; BASF; Bayer; BMW; Volkswagen; VW; Audi; Daimler; Mercedes; Porsche
Lufthansa; Deutsche Telekom; Deutsche Post; DHL; Sparkasse; Techniker Krankenkasse; AOK; Barmer; Edeka; Rewe; Aldi; Lidl
Google; Alphabet; Microsoft; Apple; Amazon; Facebook; Meta; Twitter; Instagram; WhatsApp; YouTube; LinkedIn; TikTok; Reddit
Snapchat; Netflix; Spotify; Uber; Lyft; Airbnb; Tesla; SpaceX; OpenAI; Anthropic; DeepMind; Nvidia; Intel; AMD; IBM; Oracle
SAP; Salesforce; Adobe; Cisco; Dell; Hewlett Packard; HP; Lenovo; Samsung; Sony; LG; Huawei; Xiaomi; Nokia; Ericsson
Motorola; Toshiba; Panasonic; Canon; Nikon; Nintendo; Sega; Ubisoft; Electronic Arts; Blizzard; Valve; eBay; Etsy; Shopify
PayPal; Stripe; Square; Visa; Mastercard; American Express; Goldman Sachs; JPMorgan; JP Morgan; Morgan Stanley; Citigroup
Citibank; Bank of America; Wells Fargo; HSBC; Barclays; Lloyds; NatWest; Santander; BNP Paribas; Société Générale; ING
Crédit Agricole; UBS; Credit Suisse; UniCredit; Intesa Sanpaolo; BBVA; CaixaBank; Itaú; Bradesco; Banco do Brasil; Nubank
Caixa Econômica Federal; Petrobras; Vale; Embraer; Telefónica; Vodafone; Orange; O2; EE; BT; Verizon; AT&T; T-Mobile
Comcast; Time Warner; Disney; Pixar; Paramount; Universal; Warner Bros; HBO; MTV; ESPN; Sky; ITV; Channel 4; ARD; ZDF; RTL
Walmart; Target; Costco; Tesco; Sainsbury's; Asda; Morrisons; Waitrose; Marks & Spencer; Boots; Carrefour; Ikea; H&M; Zara
Nike; Adidas; Puma; Gucci; Prada; Louis Vuitton; Chanel; L'Oréal; Unilever; Nestlé; Danone; Procter & Gamble; P&G
Coca-Cola; Pepsi; Starbucks; McDonald's; Burger King; KFC; Subway; Domino's; Pizza Hut; Heineken; Carlsberg; Red Bull
Pfizer; Moderna; Novartis; Roche; AstraZeneca; GSK; Sanofi; Merck; Johnson & Johnson; Novo Nordisk; AbbVie; Eli Lilly
Boeing; Airbus; Lockheed Martin; Rolls-Royce; General Electric; GE; General Motors; Ford; Chrysler; Toyota; Honda; Nissan
Mazda; Hyundai; Kia; Renault; Peugeot; Citroën; Fiat; Ferrari; Volvo; Saab; Scania; Jaguar; Land Rover; Shell; BP; Exxon
ExxonMobil; Chevron; Total; Eni; Gazprom; Rosneft; Sberbank; Yandex; Aeroflot; Equinor; Statoil; Maersk; Lego; Enron
British Airways; Ryanair; EasyJet; KLM; Air France; Iberia; Alitalia; TAP; SAS; Delta; United Airlines; American Airlines
Southwest Airlines; JetBlue; Emirates; Qatar Airways; Qantas; Malaysia Airlines; Turkish Airlines; FedEx; UPS; USPS
Royal Mail; Hermes; DPD; GLS; La Poste; Correos; Poste Italiane; PostNL; Deloitte; PwC; KPMG; Ernst & Young; McKinsey
Accenture; Capgemini; Infosys; Wipro; Tata; Reliance; Tata Consultancy Services; Alibaba; Tencent; Baidu; ByteDance
Harvard; Stanford; MIT; Yale; Princeton; Oxford University; Cambridge University; UCLA; NYU; Berkeley; Caltech; ETH Zürich
Imperial College; King's College; LSE; UCL; Sorbonne; TU München; Humboldt-Universität; Bocconi; Mayo Clinic; Kaiser
Kaiser Permanente; Blue Cross; Aetna; Cigna; UnitedHealth; Humana; Anthem; State Farm; Geico; AXA; Zurich Insurance; Aviva
Manchester United; Man United; Man Utd; Manchester City; Man City; Liverpool FC; Arsenal; Chelsea; Tottenham; Spurs; Everton
Aston Villa; Newcastle United; West Ham; Leeds United; Real Madrid; FC Barcelona; Barcelona FC; Atlético Madrid; Juventus
AC Milan; Inter Milan; Bayern Munich; FC Bayern; Borussia Dortmund; Schalke; Ajax; PSV; Benfica; FC Porto; Sporting CP
Flamengo; Corinthians; Palmeiras; Boca Juniors; River Plate; Paris Saint-Germain; PSG; Celtic; Rangers; FIFA; UEFA; NFL; NBA
NHL; MLB; Yankees; Red Sox; Lakers; Knicks; Patriots; Cowboys; Giants; Packers; Steelers; Broncos; Bulls; Celtics; Heat
ISIS; ISIL; Daesh; Al Qaeda; Al-Qaeda; Taliban; Hamas; Hezbollah; Hizbullah; PLO; Fatah; PKK; YPG; SDF; Boko Haram; IRA
Syrian Democratic Forces; Free Syrian Army; Peshmerga; Iraqi Security Forces; Combined Joint Task Force; Global Coalition
Beatles; Rolling Stones; One Direction; Coldplay; Metallica; Radiohead; Green Day; Linkin Park; Pink Floyd; Led Zeppelin
GitHub; GitLab; Atlassian; Slack; Zoom; Dropbox; Cloudflare; Datadog; Snowflake; MongoDB; Red Hat; Canonical; JetBrains
Hugging Face; Cohere; Mistral AI; Palantir; Twilio; Zendesk; HubSpot; Intercom; Mailchimp; Revolut; Wise; Klarna; Monzo; N26
`)
