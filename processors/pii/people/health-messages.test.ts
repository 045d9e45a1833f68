import { describe, expect, it } from 'vitest'
import { hitsIn } from '../pii.fixture.ts'

const found = (text: string): string[] =>
  Array.from(new Set(hitsIn(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)))

const PATIENT =
  'PID|1||483920^^^H^MR~402108837^^^USSSA^SS~9434765919^^^NHS^NH||MOSS^ANN||19620320|F|||153 FERNWOOD DR^^AKRON^OH^44302||' +
  '(206)555-0142~^PRN^PH^^1^206^5550143|||||ACC9|402108838'

describe('HL7', () => {
  const all = [
    'MEDICAL_RECORD_NUMBER 483920',
    'US_SSN 402108837',
    'UK_NHS 9434765919',
    'DATE_OF_BIRTH 19620320',
    'ADDRESS 153 FERNWOOD DR',
    'PHONE_NUMBER (206)555-0142',
    'PHONE_NUMBER 206^5550143',
    'US_SSN 402108838',
  ]
  it.each([
    PATIENT,
    `MSH|^~\\&|A|B|20240812||ADT^A01|1|P|2.5\r${PATIENT}\rPV1|1|I\r`,
    JSON.stringify({ m: `${PATIENT}\rPV1|1` }),
  ])('says by their place what fields of a patient hold: %j', (text) =>
    expect(found(text)).toEqual(expect.arrayContaining(all)),
  )

  it('goes on to kin, guarantors and insurances', () =>
    expect(
      found(
        'PID|1||7\rNK1|1|MOSS^BEN||22 ELM ST^^AKRON|(330)555-0188\rGT1|1||MOSS^BEN|||||19580930\rIN1|1|A||||||||||||||M|S|19670512',
      ),
    ).toEqual(['DATE_OF_BIRTH 19670512', 'ADDRESS 22 ELM ST', 'PHONE_NUMBER (330)555-0188', 'DATE_OF_BIRTH 19580930']))

  it.each(['PID|TTY|TIME|CMD|20240812|1', 'the_PID|1||7||||19620320', 'OBX|1|NM|2345-7||19620320|||'])(
    'says nothing of %j',
    (text) => expect(found(text)).toEqual([]),
  )
})

describe('X12', () => {
  it('says by their sign what elements hold', () =>
    expect(
      found(
        'NM1*IL*1*DOE*JANE*A***MI*1EG4TE5MK73~\nN3*742 EVERGREEN TER~\nN4*SPRINGFIELD*IL*62704~\nDMG*D8*19670512*F~\nREF*SY*402108837~\n' +
          'PER*IC*ANN*TE*2065550142~\nNM1*82*1*JONES*BEN****XX*1530931850~\nCLM*20240812*100~',
      ),
    ).toEqual(
      expect.arrayContaining([
        'US_MBI 1EG4TE5MK73',
        'ADDRESS 742 EVERGREEN TER',
        'DATE_OF_BIRTH 19670512',
        'US_SSN 402108837',
        'PHONE_NUMBER 2065550142',
        'US_NPI 1530931850',
      ]),
    ))
  it('says nothing of other segments', () => expect(found('CLM*1~DMG*D8*19670512*F~REF*D9*402108837~')).toEqual([]))
})
