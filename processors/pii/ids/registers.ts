import type { IdRule, Verdict } from '../shapes/rule.ts'
import { formed, isOneDigit } from './digits.ts'
import { runs } from './layouts.ts'
import { BESIDE, LINE } from './reach.ts'
import { phrases } from './words.ts'

/** Numbers under which employers, insurers, clubs and shops keep people: any layout, told by a word that says whose it is. */

/** `E-004871`, `EMP4021`, `CUST-99218` */
const lettered = (letters: number, from: number, to: number): string[] =>
  runs('9', from, to).flatMap((digits) => [`${'A'.repeat(letters)}-${digits}`, `${'A'.repeat(letters)}${digits}`])
const LETTERED = [...lettered(1, 4, 8), ...lettered(2, 4, 8), ...lettered(3, 3, 9), ...lettered(4, 3, 9)]
const PARTED = phrases(`
  AA-9999-99999, AA-99999-99, AAA-999-9999, AA-999-9999, A-9999-9999, AA-99-9999, AAA-99-9999, AAA-9999-9999, AAA-9999-99999,
  99-9999-99, 9999-9999, 9999 9999, 999-999, 999 999, 999-999-999, 999 999 999, 9999-9999-9999, 99999-9999, 9999-99999, 9999-9999-999,
  999-999-9999, AA 999 999 999, AA 99999999, AAA 999999, A 999999, 99-99999, 99-999999, 99999-99, 9999/99999, 999999/99`)

const named = (number: string): Verdict => formed(!isOneDigit(number))

const EMPLOYEE_WORDS = phrases(`
  employee id, employee number, employee no, employee nr, employee num, employee code, emp id, emp no, emp number, emp num, employeeid, empid,
  staff id, staff number, staff no, personnel number, personnel no, personnel id, payroll number, payroll no, payroll id, worker id,
  badge number, badge no, badge id, service number, service no, dod id, dod id number, do d id, do d id number,
  personalnummer, personalnr, personal nr, mitarbeiternummer, mitarbeiternr, mitarbeiter nr, mitarbeiter id, dienstnummer,
  numero de salarie, matricule salarie, matricule, numero d employe, numero employe, id employe, matricule agent,
  numero de empleado, no de empleado, n de empleado, nro de empleado, id de empleado, codigo de empleado, legajo, numero de legajo,
  matricola, numero matricola, matricola dipendente, numero dipendente, codice dipendente, id dipendente,
  personeelsnummer, personeelsnr, medewerkernummer, werknemersnummer, medewerker id, stamnummer,
  matricula funcional, numero de funcionario, numero do funcionario, numero de colaborador, id do funcionario, codigo do funcionario,
  numer pracownika, nr pracownika, id pracownika, numer ewidencyjny pracownika, anstallningsnummer, ansattnummer, medarbejdernummer, sicil no,
  sicil numarasi, personel no, табельный номер, номер сотрудника, 社員番号, 従業員番号, 工号, 员工编号, 员工号, 사번, 사원번호, 직원번호`)

const CUSTOMER_WORDS = phrases(`
  customer id, customer number, customer no, customer nr, customer code, cust id, cust no, cust number, customerid, customer ref no, client number, client no,
  member id, member number, member no, membership number, membership no, membership id, membership, loyalty number, loyalty card number,
  frequent flyer, frequent flyer number, frequent flyer no, frequent flyer id, policy number, policy no, policy nr, policyholder number, policy holder number,
  certificate of insurance, subscriber number, subscriber no, sub id,
  kundennummer, kundennr, kunden nr, kunden id, mitgliedsnummer, mitgliedsnr, mitglieds nr, policennummer, police nr, versicherungsschein nr,
  versicherungsscheinnummer, versicherungsscheinnr, vertragskonto, abonnentennummer, teilnehmernummer, vielfliegernummer,
  numero client, numero de client, n client, no client, id client, code client, reference client, numero d abonne, numero abonne, numero d adherent, numero adherent,
  numero de police, no de police, n de police, numero d assure, numero de licencie,
  numero de cliente, no de cliente, n de cliente, nro de cliente, id de cliente, codigo de cliente, numero de socio, no de socio, numero de poliza, no de poliza, n de poliza,
  poliza, poliza no, numero de abonado,
  codice cliente, numero cliente, id cliente, codice socio, numero di polizza, numero polizza, polizza n, polizza, numero socio, numero di tessera, numero tessera,
  klantnummer, klantnr, klant nr, klant id, polisnummer, polisnr, polis, lidnummer, lidmaatschapsnummer, abonneenummer, relatienummer,
  numero do cliente, codigo do cliente, codigo cliente, id do cliente, apolice, numero da apolice, apolice no, numero do socio,
  numer klienta, nr klienta, id klienta, nr polisy, numer polisy, polisa nr, numer abonenta, numer czlonkowski,
  kundnummer, kundnr, kundenummer, kundenr, medlemsnummer, asiakasnumero, jasennumero, musteri no, musteri numarasi, musteri numaram, police no, uye no, uyelik no,
  номер клиента, номер договора, номер полиса, полис, 会員番号, お客様番号, 顧客番号, 客户编号, 客户号, 会员号, 会员卡号, 고객번호, 회원번호`)

const INSURED_WORDS = phrases(`
  health plan beneficiary, health plan beneficiary number, health plan number, health plan id, beneficiary number, beneficiary id, insurance id, insurance id number,
  insurance id no, insurance member id, insurance member number, insurance number, insurance policy id, health insurance id, health insurance no, health insurance number,
  health insurance member id, subscriber id, insured id, insured id number, policy id number, rx member id, medicaid, medicaid id, medicaid number, medicaid no, philhealth, philhealth no,
  philhealth number, medical card, medical card no, medical card number, hmo id, dental insurance id, va file number, va file no,
  versichertennummer, versicherten nr, versichertennr, krankenkassennummer, versicherungsnummer, versicherungsnr, versicherungs nr,
  numero d assurance maladie, no d assurance maladie, n d assurance maladie, assurance maladie, ramq, numero d assure social, numero de mutuelle, carte vitale,
  tarjeta sanitaria, numero de tarjeta sanitaria, no de tarjeta sanitaria, cip, codigo cip, numero de afiliado, no de afiliado, numero de afiliacion,
  tessera sanitaria, numero tessera sanitaria, tessera sanitaria n, numero di tessera sanitaria,
  zorgpolis, zorgverzekeringsnummer, polisnummer zorgverzekering, verzekerdennummer, zorgverzekering,
  numero de utente, no de utente, n de utente, utente sns, cartao sus, cartao nacional de saude, cns, numero do sus, carteirinha, numero da carteirinha, numero de beneficiario,
  numero do beneficiario, sigorta no, sigorta numarasi, полис омс, номер полиса омс, омс, 保険証番号, 被保険者番号, 保険者番号, 记号番号, 医保卡号, 社保卡号, 건강보험증번호, 보험증번호`)

export const REGISTERS: readonly IdRule[] = [
  {
    type: 'HEALTH_INSURANCE_NUMBER',
    shapes: [
      ...LETTERED,
      ...runs('9', 8, 10),
      ...phrases(`
        999999999999, 99999999999999999999, 999999999999999, 999 9999 9999 9999, AAA9999999999, AAA99999999999, A9999 99999, A999999999, A9999999999, 99-999999999-9,
        AAAA 9999 9999, AAAA-9999-9999, AAAA 999999 999, AAAA9999999999, AAAA999999AAA9, AA99999A, A9999999A, AAA99999A, A 99 999 999, AA99999AA,
        A99999999999, 999-99-9999-99`),
    ],
    check: named,
    words: INSURED_WORDS,
    upright: true,
    reach: LINE,
  },
  { type: 'EMPLOYEE_ID', shapes: LETTERED, check: named, words: EMPLOYEE_WORDS.concat('badge'), reach: LINE },
  {
    type: 'EMPLOYEE_ID',
    shapes: runs('9', 5, 10),
    check: named,
    words: EMPLOYEE_WORDS,
    reach: LINE,
  },
  {
    type: 'EMPLOYEE_ID',
    shapes: [...runs('9', 3, 4), ...PARTED],
    check: named,
    words: EMPLOYEE_WORDS,
    reach: BESIDE,
    upright: true,
  },
  { type: 'CUSTOMER_ID', shapes: LETTERED, check: named, words: CUSTOMER_WORDS, reach: LINE },
  {
    type: 'CUSTOMER_ID',
    shapes: runs('9', 5, 12),
    check: named,
    words: CUSTOMER_WORDS,
    reach: LINE,
  },
  {
    type: 'CUSTOMER_ID',
    shapes: [...runs('9', 4, 4), ...PARTED],
    check: named,
    words: CUSTOMER_WORDS,
    reach: BESIDE,
    upright: true,
  },
]
