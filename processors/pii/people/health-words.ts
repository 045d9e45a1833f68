/* Illnesses, conditions, medicines and treatments. */

const words = (list: string): string[] =>
  list
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean)

/** Found only in capitals: in small letters they are other words, of some language. */
export const HEALTH_SIGNS: readonly string[] = words('als|aids|std|sti|ocd|ibs|avc|vih|sida')

/** Found only with a capital, as German writes nouns. */
export const HEALTH_NOUNS: readonly string[] = words('sucht')

export const HEALTH_WORDS: readonly string[] = [
  ...words(`diabetes|diabetic|hypertension|asthma|cancer|tumor|tumour|leukemia|leukaemia|lymphoma|melanoma|carcinoma|metastasis|hiv|hiv positive|
    hepatitis|tuberculosis|covid|pneumonia|bronchitis|copd|stroke|heart attack|heart failure|myocardial infarction|angina|arrhythmia|
    atrial fibrillation|epilepsy|seizure|seizures|migraine|parkinson|parkinson s|alzheimer|alzheimer s|dementia|multiple sclerosis|
    depression|depressed|major depressive disorder|anxiety disorder|bipolar|bipolar disorder|schizophrenia|ptsd|adhd|autism|autistic|anorexia|
    bulimia|eating disorder|suicidal|self harm|addiction|alcoholism|alcoholic|substance abuse|overdose|rehab|pregnant|pregnancy|miscarriage|
    abortion|infertility|ivf|endometriosis|menopause|chlamydia|gonorrhea|syphilis|herpes|hpv|arthritis|rheumatoid arthritis|osteoporosis|
    lupus|crohn s|crohn s disease|ulcerative colitis|celiac|coeliac|kidney failure|renal failure|dialysis|cirrhosis|anemia|anaemia|
    hypothyroidism|hyperthyroidism|obesity|insulin|metformin|chemotherapy|chemo|radiotherapy|antidepressant|antidepressants|ssri|sertraline|
    fluoxetine|prozac|zoloft|xanax|ritalin|adderall|lithium carbonate|methadone|warfarin|statins|prednisone|oxycodone|
    disability|wheelchair user|amputation|transplant|sickle cell|down syndrome|cystic fibrosis|glaucoma|psoriasis|eczema`),
  ...words(`zuckerkrankheit|diabetiker|diabetikerin|bluthochdruck|krebs|krebserkrankung|tumorerkrankung|schlaganfall|herzinfarkt|herzinsuffizienz|epilepsie|
    migrane|demenz|depressionen|depressiv|angststorung|schizophrenie|suchterkrankung|schwanger|schwangerschaft|fehlgeburt|abtreibung|
    behinderung|schwerbehindert|rheuma|lungenentzundung|chemotherapie|krankschreibung|arbeitsunfahig|psychotherapie|burnout`),
  ...words(`diabete|diabetique|hypertension arterielle|asthme|cancer du sein|tumeur|leucemie|infarctus|epilepsie|depression nerveuse|depressif|
    depressive|bipolaire|schizophrenie|enceinte|grossesse|fausse couche|avortement|handicap|handicape|toxicomanie|alcoolisme|chimiotherapie|
    diabetico|diabetica|hipertension|asma|cancer de mama|leucemia|ictus|infarto|epilepsia|migrana|demencia|ansiedad|esquizofrenia|embarazada|
    embarazo|aborto|discapacidad|alcoholismo|quimioterapia`),
  ...words(`diabete mellito|ipertensione|tumore|cancro|emicrania|demenza|depressione|depresso|depressa|ansia|schizofrenia|incinta|gravidanza|aborto spontaneo|
    disabilita|chemioterapia|hipertensao|derrame|enxaqueca|depressao|ansiedade|esquizofrenia|gravida|gravidez|deficiencia|quimioterapia|
    suikerziekte|hoge bloeddruk|kanker|borstkanker|beroerte|hartaanval|hartinfarct|depressie|zwanger|zwangerschap|miskraam|verslaving|handicap|
    cukrzyca|nadcisnienie|astma|nowotwor|rak piersi|udar|zawal|padaczka|depresja|schizofrenia|ciaza|poronienie|niepelnosprawnosc|uzaleznienie|
    seker hastaligi|diyabet|hipertansiyon|astim|kanser|felc|inme|kalp krizi|epilepsi|depresyon|sizofreni|hamile|hamilelik|dusuk yapti|engelli|
    sukkersyke|blodtrykk|kreft|cancerdiagnos|stroke|hjertinfarkt|hjartinfarkt|demens|gravid|missfall|syopa|verenpainetauti|masennus|raskaana`),
  ...words(
    'диабет|гипертония|астма|рак груди|онкология|опухоль|инсульт|инфаркт|эпилепсия|депрессия|шизофрения|беременна|беременность|аборт|инвалидность|вич',
  ),
  ...words(
    '糖尿病|高血压|高血圧|哮喘|喘息|癌症|乳腺癌|肺癌|がん|肿瘤|中风|脳卒中|心臓病|心脏病|抑郁症|うつ病|怀孕|妊娠|艾滋病|残疾|당뇨병|당뇨|고혈압|천식|우울증|임신|뇌졸중|السكري|ضغط الدم|سرطان|حامل|اكتئاب|मधुमेह|कैंसर|गर्भवती|अवसाद',
  ),
]
