import { describe, expect, it } from 'vitest'
import { GROUP_NAMES, GROUP_WORDS } from './group-words.ts'
import { HEALTH_SIGNS, HEALTH_WORDS } from './health-words.ts'
import { detector, hitsIn, valuesIn } from '../pii.fixture.ts'

describe('dates of birth', () => {
  const found = (text: string): string[] => valuesIn(text, 'DATE_OF_BIRTH')
  it.each([
    ['DOB: 03/25/1985', '03/25/1985'],
    ['{"dateOfBirth":"1985-03-12"}', '1985-03-12'],
    ['geboren am 12. März 1985 in Berlin', '12. März 1985'],
    ['geb. 12.03.1985', '12.03.1985'],
    ['geboren te Assen op 19 december 1971', '19 december 1971'],
    ['dob = 1979-05-27T07:32:00\nemail', '1979-05-27T07:32:00'],
    ['née le 1er mars 1985', '1er mars 1985'],
    ['fecha de nacimiento: 12 de marzo de 1985', '12 de marzo de 1985'],
    ['nata il 12 marzo 1985', '12 marzo 1985'],
    ['data de nascimento 12/03/85', '12/03/85'],
    ['geboortedatum: 12-03-1985', '12-03-1985'],
    ['ur. 12 marca 1985', '12 marca 1985'],
    ['doğum tarihi: 12 Mart 1985', '12 Mart 1985'],
    ['född 1985-03-12', '1985-03-12'],
    ['Родилась 12 марта 1985', '12 марта 1985'],
    ['出生日期：1985年3月12日', '1985年3月12日'],
    ['생년월일: 1985년 3월 12일', '1985년 3월 12일'],
    ['born March 12, 1985', 'March 12, 1985'],
    ['birthday is the 12th of March 1985', '12th of March 1985'],
    ['dob=19850312', '19850312'],
    ['12/03/1985 (DOB)', '12/03/1985'],
    ['name,dob,visit\nAnn,1985-03-12,2024-01-01', '1985-03-12'],
    [
      "INSERT INTO users (name, dob, seen) VALUES ('Ann (A)', '1985-03-12', '2024-01-01'), ('Ben', NULL, '2024-01-02'); and 2001-02-03",
      '1985-03-12',
    ],
    ["INSERT INTO users (name, dob, seen) VALUES ('Ann', '1985-03-12', '2024-01-01');", '1985-03-12'],
    ['| **Name** | **Birth date** | Seen |\n|---|---|---|\n| Ann | 12.03.1985 | 01.01.2024 |', '12.03.1985'],
    ['وتاريخ ميلادي 12/03/1985', '12/03/1985'],
    ['1985년 3월 12일생', '1985년 3월 12일'],
    ['Date of birth/Date de naissance\n12 MAR/MARS 85', '12 MAR/MARS 85'],
    ['生年月日はNovember 20, 1995です', 'November 20, 1995'],
    ['you asked for the birth date yesterday. It is October 11, 1938, thanks', 'October 11, 1938'],
    ['Anna Weber, *12.03.1985 in Köln', '12.03.1985'],
    ['Johann (b. 12 March 1985) was', '12 March 1985'],
    ['1985年3月12日生まれの', '1985年3月12日'],
    ['昭和60年3月12日生まれ', '昭和60年3月12日'],
    ['Иванов И.И., 12.03.1985 г.р.', '12.03.1985'],
    ['12/03/1985 geboren', '12/03/1985'],
    ['Ich wurde am 3. April 1985 in Berlin geboren.', '3. April 1985'],
    ['3 Nisan 1985 doğumluyum', '3 Nisan 1985'],
    ['Sept 5th, 1980 is my birthday', 'Sept 5th, 1980'],
    ['DOB 04031985', '04031985'],
    ['DOB: 1990-Jan-02', '1990-Jan-02'],
    ['born 1990 January 2', '1990 January 2'],
    ['DOB 02/Jan/1990', '02/Jan/1990'],
    ['เกิดวันที่ 2 มกราคม 2533', '2 มกราคม 2533'],
    ['date of birth (as registered): 1990-01-02', '1990-01-02'],
    ['1990-01-02 is what I have for birth date', '1990-01-02'],
    ['DoB: 03 / 04 / 1985', '03 / 04 / 1985'],
    ['Appointment on 03/04/2025 DOB 03/05/1985', '03/05/1985'],
    ['DOB 03/05/1985 admitted 03/04/2025', '03/05/1985'],
    ['Karin Lindt (* 12.03.1985) lehrt', '12.03.1985'],
    ['Ann Moss, b. Mar 12 1985, plaintiff', 'Mar 12 1985'],
    ['Ann Moss (03/12/1985, F) seen today', '03/12/1985'],
    ['<td>03/12/1985 (DOB)</td><td>555</td>', '03/12/1985'],
    ['what is your date of birth?\nuser: 03/12/1985', '03/12/1985'],
    ['your birthday please\nAnna: 12 March 1985', '12 March 1985'],
    ['my date of birth was registered as 12 March 1985', '12 March 1985'],
    ['birthDate: 1985-03-12T00:00:00.000Z', '1985-03-12T00:00:00.000Z'],
    ['Birth: 1985-03-12 07:45:00', '1985-03-12'],
    ['DDN 12/03/1985', '12/03/1985'],
    ['{"fields":[{"name":"dob","value":"12 March 1985"}]}', '12 March 1985'],
  ])('%s', (text, date) => expect(found(text)).toEqual([date]))

  it.each([
    '12/03/1985',
    'admitted 12/03/1985',
    'DOB unknown. Visit 12/03/2024',
    'born in 1985',
    ' Birth: 2023-09-16 10:03:58.000000000 +0000',
    'DOB: 99/99/1985',
    'born 31.02.1985',
    'dob on file, expires 12/03/2027',
    'born to run v1.2.85',
    '* 12.03.2024 meeting',
    'Ann Moss (03/12/2024, p. 3)',
    'Date of birth:\nAdmission: 03/12/2024',
    'birthday party on 12/05/2025',
    '5 * 12.03.1985',
    '**12.03.2024** release',
    'the 1985 birth rate; seen 12/03/2024',
    'expires 12/03/2027 (issued at birth)',
  ])('%s is none', (text) => expect(found(text)).toEqual([]))

  it('have one normal form', () => {
    for (const text of ['dob 12.3.1985', 'born 12 March 1985', 'dob 1985-03-12', 'dob 12/03/85'])
      expect(hitsIn(text).find(({ type }) => type === 'DATE_OF_BIRTH')!.normal).toBe('1985-03-12')
  })
})

describe('ages', () => {
  const found = (text: string): string[] => valuesIn(text, 'AGE')
  it.each([
    ['she is 42 years old', '42 years old'],
    ['a 42-year-old man', '42-year-old'],
    ['42yo male', '42yo'],
    ['Ann Moss, 42, of Leeds, was fined', '42'],
    ['42F c/o headache', '42'],
    ['she just turned 42', '42'],
    ['Age/Sex: 42/F', '42'],
    ['age: 42', '42'],
    ['- **Edad:** 35', '35'],
    ['age at consent 66.', '66'],
    ['im 27 m from leeds', '27'],
    ['Tengo ya 48 años, ¡qué horror!', '48 años'],
    ['SSN withheld, 44 yrs F. Glucose 101', '44'],
    ['EMS RUN: PT 81 YOF FALL', '81 YOF'],
    ['报案人，45岁，车牌号', '45岁'],
    ['patient_age=42', '42'],
    ['customerAge: 42', '42'],
    ['{"age":42}', '42'],
    ['die 42-jährige Frau', '42-jährige'],
    ['42 Jahre alt', '42 Jahre alt'],
    ['âgé de 42 ans', '42 ans'],
    ['tiene 42 años', '42 años'],
    ['ha 42 anni', '42 anni'],
    ['42 jaar oud', '42 jaar oud'],
    ['42 yaşında', '42 yaşında'],
    ['42 år gammal', '42 år gammal'],
    ['今年42岁', '42岁'],
    ['Le patient Karim Benali, 52 ans, consulte', '52 ans'],
    ['Anna Weber (34 Jahre)', '34 Jahre'],
    ["I'm 42 and live alone", '42'],
    ['my girlfriend is 20, can we rent a car?', '20'],
    ['meine Tochter ist 14.', '14'],
    ['Patientin, 72 J., Sturz', '72'],
    ['my dad (71) fell', '71'],
    ['elle a 37 ans et habite ici', '37 ans'],
    ['Pacjentka lat 63, po upadku', '63'],
    ['Ich bin 67.', '67'],
  ])('%s', (text, age) => expect(found(text)).toEqual([age]))
  it.each([
    'min-release-age=7',
    'Das Gebäude ist 120 Jahre alt',
    '対象年齢は6歳以上です',
    '适合6岁以上儿童',
    '만 19세 이상',
    'im 27 minutes',
    'a,b，12件',
    'vacuum_defer_cleanup_age = 0',
    'cache: {maxAge: 5 * 60}',
    "I'm 42 minutes late",
    'the baby is 12 weeks along',
    'Arbeit von 72 J. je Takt',
    'see my dad (12 items)',
    'lat 52, lon 13',
    "I'm 90% sure",
    'she is 3rd',
    'he is 5.5 feet',
    'garantie de 42 ans, offerte',
    '42 years of war',
    'page 42',
    'for 42 ans',
    '42 items',
    'aged well',
    '$42 a year',
    'age 1999',
    'a 3 year old startup',
    'my car is 12 years old',
    '45F and sunny',
    'it turned 20, and then 30',
  ])('%s is none', (text) => expect(found(text)).toEqual([]))
})

describe('names of accounts', () => {
  const found = (text: string): string[] => valuesIn(text, 'USERNAME')
  it.each([
    ['username: ann82', 'ann82'],
    ['user=bob.smith', 'bob.smith'],
    ['"login": "carol_x"', 'carol_x'],
    ['my username is dave99', 'dave99'],
    ['Benutzername: erika.m', 'erika.m'],
    ['用户名：wang_li', 'wang_li'],
    ['my handle is dave_99', 'dave_99'],
    ['I am logged in as ann.smith now', 'ann.smith'],
    ['angemeldet als erika42', 'erika42'],
    ['the username ann_82 is taken', 'ann_82'],
    ['Benutzername ann.smith', 'ann.smith'],
    ['Username - ann82x', 'ann82x'],
    ['the user annmoss82 reported it', 'annmoss82'],
    ['my gamertag is ann.moss', 'ann.moss'],
    ['follow me @ann.moss', 'ann.moss'],
    ['IG: @annmoss', 'annmoss'],
    ['"twitterHandle": "ann_moss82"', 'ann_moss82'],
    ['"userAlias": "ann_moss82"', 'ann_moss82'],
    ['reach me at my handle ann_moss82', 'ann_moss82'],
    ['snap: ann_moss', 'ann_moss'],
    ["mon snap c'est kiki.du.31, là", 'kiki.du.31'],
    ['mn snap is lisa.brd en', 'lisa.brd'],
    ['mio insta ele.na_bari04, cell', 'ele.na_bari04'],
    ['kullanıcı adım kara_kartal1903', 'kara_kartal1903'],
    ['my discord is moss#4412', 'moss#4412'],
    ['login: annm / pass: Winter2024!', 'annm'],
    ['user: annmoss pw: Hund3kuchen', 'annmoss'],
    ['Login a.moss Passwort Sonne#4711', 'a.moss'],
    ['creds: annmoss / Up!oad2me', 'annmoss'],
    ['the creds for staging are qa_bot2/Stag1ng#Go', 'qa_bot2'],
    ['Benutzername hweber, Kennwort Garten_Zwerg9', 'hweber'],
    ["5 failures for user 'annmoss' from 23.210.237.152", 'annmoss'],
    ['steam: moss_wolf99', 'moss_wolf99'],
    ['his PSN is M0ssOfHill', 'M0ssOfHill'],
    ['skype: live.ann.moss', 'live.ann.moss'],
    ['Zugangsdaten: annmoss / Blumen!2021', 'annmoss'],
    ['the login for the shop is ann.moss and the password is Rossi-0992', 'ann.moss'],
    ['sshd[2231]: Accepted password for moss42 from 23.210.237.152', 'moss42'],
    ['Failed password for invalid user ann.moss from 23.210.237.152', 'ann.moss'],
  ])('%s', (text, name) => expect(found(text)).toEqual([name]))
  it.each([
    'logged in as administrator',
    'handle errors; the handle is currently open',
    'logged in as a guest',
    "'proxy_user': proxy_user,",
    'FIRST_UID - UID: LAST_SYS_UID',
    'JOB_UID: "k8s.job.uid"',
    'handle = await fs.open(path)',
    '--http-user=BENUTZER',
    'uid: uidValue',
    'serviceAccountUID: serviceAccountUIDValue',
    '?uid=UID',
    '--username=ANVÄNDARE',
    'user: openaiOptions?.user',
    '[worker: Worker, handle: child_process.SendHandle]',
    '"ReceiptHandle": "AQEBz1x9..."',
    '"propertyAlias": "turbine-7-temperature"',
    'Type Alias mask32x64',
    'to handle riscv64 in',
    'get_roles_for_userid get_size2',
    '"uid":"iotevents-2018-07-27"',
    'username: process.env.DB_USER',
    'const user = atPosition',
    'self.handle = close_handle',
    'path_uid = get_path_uid(path)',
    'NOTICE TO USER: Carefully read',
    '<user id="4412">',
    "username: 'your-username'",
    'uid: 0a9d2b9e-779e-11e7-b422-42010a8001be',
    'user: bool = False',
    'user = request.user',
    'username: string',
    'login failed',
    'user: hello\nassistant: hi',
    'hi there\n**user: thanks',
    'user story 1234',
    'user guide 2.0',
    'the login page2 is new',
    'username user.getName',
    'user iPhone13 Pro',
    'discord: 500 members',
    'user: Mein Reisepass 2 ist weg',
    'twitter is down today, error 500',
    "the user 'name' from the form",
    'credentials for staging are in vault/kv2',
    'discord ticket#4412x',
    'user: forgot password: what now?',
    'the user forgot his password 3 times',
    'login page / account12',
    'Username: choose something memorable',
    'telegram is api.org now',
    'the insta story_2 of the discord',
    'login: 2024-05-01 10:00:00',
    'credentials: see Vault/kv2',
    'Accepted password for root from 23.210.237.152',
    'login and password are required',
    'twitter: posted 3 times',
    'the user is not here',
    'user: null',
    '@ann82',
  ])('%s is none', (text) => expect(found(text)).toEqual([]))
})

describe('special categories', () => {
  it('are counted, with the lowest confidence there is', () => {
    const hits = hitsIn('She is a Muslim with diabetes; die Krebserkrankung; 糖尿病')
    expect(hits.map(({ type, confidence }) => [type, confidence])).toEqual([
      ['NRP', 0.5],
      ['HEALTH', 0.5],
      ['HEALTH', 0.5],
      ['HEALTH', 0.5],
    ])
  })
  it('with another meaning in small letters are not', () => {
    expect(hitsIn('polish the table, a liberal amount of butter')).toEqual([])
    expect(hitsIn('a Polish worker').map(({ type }) => type)).toEqual(['NRP'])
    expect(hitsIn('größer als das; visual aids; using std; på nästa sida; go far right; er sucht')).toEqual([])
    expect(hitsIn('living with ALS and AIDS, starke Sucht').map(({ type }) => type)).toEqual(Array(3).fill('HEALTH'))
  })
  it('of languages, letters, drawings, first names and programs are not', () => {
    for (const text of [
      'Updated German translation',
      'Language-Team: Dutch <x>',
      'language   "Swedish"',
      'Simplified Chinese',
      'GREEK SMALL LETTER PSI',
      'ULOC_ENGLISH, thai_stem, getGerman()',
      'Signed-off-by: Christian Linhart',
      'O WITH STROKE',
      '"stroke": "#ff8", stroke-width',
      'SKL_TKN_U32_IBS, STD3',
    ])
      expect(hitsIn(text), text).toEqual([])
  })
  it('of people are', () => {
    expect(hitsIn('a German citizen; a Christian Church').map(({ type }) => type)).toEqual(['NRP', 'NRP'])
    expect(hitsIn('she is Dutch and had a stroke in May').map(({ type }) => type)).toEqual(['NRP', 'HEALTH'])
  })
  it('are all heard', () => {
    const unheard = (list: readonly string[], type: string): string[] =>
      list.filter((word) => !hitsIn(word).some((hit) => hit.type === type && hit.end === word.length))
    expect(unheard([...HEALTH_WORDS, ...HEALTH_SIGNS.map((word) => word.toUpperCase()), 'Sucht'], 'HEALTH')).toEqual([])
    const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1)
    expect(unheard([...GROUP_WORDS, ...GROUP_NAMES.map(capital)], 'NRP')).toEqual([])
  })
  it('say nothing of an illness with words for its finding', () => {
    expect(hitsIn('diagnosis of the outage; diagnosed with a debugger')).toEqual([])
  })
  it('are typed as one of their words', () => {
    const accepting = (value: string): string[] =>
      detector.types
        .filter((type) => /NRP|HEALTH/.test(type.name) && type.normal(value) !== undefined)
        .map(({ name }) => name)
    expect(['Muslim', ' breast cancer ', 'Éspañol', 'AIDS', '糖尿病'].map(accepting)).toEqual([
      ['NRP'],
      [],
      ['NRP'],
      ['HEALTH'],
      ['HEALTH'],
    ])
    expect(['no such form', 'Muslims and others', '', 'x'.repeat(5000)].flatMap(accepting)).toEqual([])
  })
})
