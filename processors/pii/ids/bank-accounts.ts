import type { IdRule } from '../shapes/rule.ts'
import { formed, isOneDigit, unchecked } from './digits.ts'
import { runs } from './layouts.ts'
import { LINE, TIED } from './reach.ts'
import { phrases } from './words.ts'

/** Accounts, and the banks that keep them, by what they are called outside of English. */

const ACCOUNT_WORDS = phrases(`
  konto, kontonummer, konto nr, kontonr, konto nummer, kto, kto nr, ktonr, kto nummer, bankkonto, girokonto, sparkonto,
  numero de compte, no de compte, n de compte, compte, compte bancaire, compte n, compte courant, numero de cuenta, no de cuenta, nro de cuenta, cuenta no,
  cuenta corriente, cuenta de ahorros, cuenta, numero di conto, conto corrente, conto corrente n, conto n, numero conto, c c bancario,
  rekeningnummer, rekening nr, rekeningnr, bankrekening, bankrekeningnummer, numero da conta, conta corrente, conta poupanca, conta bancaria, conta n,
  conta, conta no, nib, numer konta, numer rachunku, nr rachunku, nr konta, rachunek, rachunek bankowy, bankkontonummer, kontonummeret,
  hesap no, hesap numarasi, hesap numaram, banka hesabi, tilinumero, bankszamlaszam, cislo uctu, numar de cont, номер счета, счет, счёт, расчетный счет,
  расчётный счёт, лицевой счет, р с, 口座番号, 普通, 普通預金, 账号, 银行账号, 银行账户, 帐号, 账户, 계좌번호, 계좌, رقم الحساب, खाता नंबर, खाता संख्या, खाता`)

/** Sums and dates stand near these as often. */
const PLAIN_WORDS = phrases('konto, compte, cuenta, conta, rachunek, kto, счет, счёт, 账户, 普通')

export const BANK_ACCOUNTS: readonly IdRule[] = [
  {
    type: 'BANK_ACCOUNT',
    shapes: [
      ...runs('9', 10, 17),
      ...phrases(`
        99999-9, 999999-9, 9999999-9, 99999999-9, 999.999-9, 99.999-9, 999999-99, 99999-99, 99999999-99, 999-999-999999, 999-99-999999, 9999-999-999999,
        999-999999-99-999, 999-9999-9999-99, 9999 9999 99 9999999999, 9999-9999-99-9999999999, 99999999999999999999, 999 999 999, 99 99 99 99, 999 999 99,
        9999 99 99999, 9999-9 999 999 999-9, 9999 999 999, 99999 999999 99`),
    ],
    check: (number) => formed(!isOneDigit(number)),
    words: ACCOUNT_WORDS,
    reach: LINE,
  },
  {
    type: 'BANK_ACCOUNT',
    shapes: runs('9', 6, 9),
    check: (number) => formed(!isOneDigit(number)),
    words: ACCOUNT_WORDS.filter((word) => !PLAIN_WORDS.includes(word)),
    close: PLAIN_WORDS,
    reach: LINE,
  },
  // Mexico, Argentina, Portugal and France, where the bank's code is a part of the number.
  {
    type: 'BANK_ACCOUNT',
    shapes: ['999999999999999999', '999 999 99999999999 9', '999-999-99999999999-9', '999 99999999999 9'],
    check: unchecked,
    words: phrases('clabe, clabe interbancaria, cuenta clabe, numero clabe'),
  },
  {
    type: 'BANK_ACCOUNT',
    shapes: ['9999999999999999999999', '99999999 99999999999999', '99999999-99999999999999'],
    check: unchecked,
    words: phrases('cbu, cvu, numero de cbu, clave bancaria uniforme'),
  },
  {
    type: 'BANK_ACCOUNT',
    shapes: ['999999999999999999999', '9999 9999 99999999999 99', '9999.9999.99999999999.99'],
    check: unchecked,
    words: phrases('nib, numero de identificacao bancaria, numero nib'),
  },
  {
    type: 'BANK_ACCOUNT',
    shapes: ['9999999999***********99', '99999 99999 *********** 99'],
    check: unchecked,
    words: phrases('rib, releve d identite bancaire, numero rib, compte, numero de compte, no de compte'),
  },
  {
    type: 'BANK_CODE',
    shapes: ['99999999', '999 999 99'],
    check: (code) => formed(/^[1-8]/.test(code)),
    words: phrases('blz, bankleitzahl, bank leitzahl'),
  },
  {
    type: 'BANK_CODE',
    shapes: ['AAAA0******'],
    check: unchecked,
    words: phrases('ifsc, ifsc code, ifsc no, ifs code, rtgs code, neft ifsc'),
  },
  {
    type: 'BANK_CODE',
    shapes: ['049999999'],
    check: unchecked,
    words: phrases('бик, БИК, БИК банка, bik'),
  },
  {
    type: 'BANK_CODE',
    shapes: ['999-999', '999999', '999 999'],
    check: unchecked,
    words: phrases('bsb, bsb number, bsb no, bsb code, bank state branch'),
  },
  {
    type: 'BANK_CODE',
    shapes: ['99999'],
    check: unchecked,
    words: phrases('abi, codice abi, codice cab, code banque, code guichet, transit no, branch transit, transit'),
    reach: TIED,
  },
  {
    type: 'BANK_CODE',
    shapes: ['9999-9', '9999'],
    check: unchecked,
    words: phrases('agencia, agencia no, numero da agencia, codigo da agencia'),
    reach: TIED,
  },
]
