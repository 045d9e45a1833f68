import { AMERICA } from './america.ts'
import {
  anyOf,
  anyShape,
  chars,
  complete,
  describeIds,
  digits,
  join,
  oneOf,
  letters,
  luhnDigit,
  sumOf,
  withLuhn,
} from './ids.fixture.ts'

const area = anyOf(
  oneOf('001', '123', '665', '667', '772', '899'),
  join(oneOf('1', '2', '3', '4', '5', '7', '8'), digits(1), oneOf('2', '4')),
)
const ssn = join(area, oneOf('01', '45', '99', '60'), oneOf('0001', '6780', '9999', '4320'))

describeIds(AMERICA, {
  US_SSN: {
    valid: ['536-90-4399', '536904399', '899-12-3456', '001-01-0001', '536 90 4399'],
    invalid: [
      '000-12-3456',
      '666-12-3456',
      '900-12-3456',
      '999-12-3456',
      '536-00-4399',
      '536-90-0000',
      '078-05-1120',
      '219-09-9999',
      '123-45-6789',
      '111-11-1111',
    ],
    made: ssn,
    caught: 0,
  },
  US_ITIN: {
    valid: ['911-70-1234', '900-50-0000', '999-99-9999', '912921234', '912 65 1234'],
    invalid: ['811-70-1234', '911-66-1234', '911-69-1234', '911-89-1234', '911-93-1234', '911-49-1234'],
    made: join('9', digits(2), oneOf('50', '65', '70', '88', '90', '92', '94', '99'), digits(4)),
    caught: 0,
  },
  US_EIN: {
    unknown: ['91-1144442', '04-2103594', '911144442'],
    invalid: ['07-1144442', '49-1144442', '97-0000001', '11-1111111'],
    unproven: join(oneOf('01', '16', '27', '48', '68', '77', '88', '95', '99'), digits(6), '2'),
  },
  ABA_ROUTING_NUMBER: {
    valid: ['021000021', '111000025', '122105155', '0210-0002-1', '325081403'],
    invalid: ['021000022', '121000025', '400000017', '000000000', '910000005'],
    made: complete(
      join(oneOf('01', '12', '21', '32', '61', '72', '80'), digits(6)),
      (body) => body + String((1000 - sumOf(body, [3, 7, 1, 3, 7, 1, 3, 7])) % 10),
    ),
  },
  US_NPI: {
    valid: ['1234567893', '1245319599', '1679576722'],
    invalid: ['1234567890', '3234567891', '1111111112'],
    made: complete(join(oneOf('1', '2'), digits(8)), (body) => body + luhnDigit(`80840${body}`)),
  },
  US_MBI: {
    valid: ['1EG4-TE5-MK72', '1EG4-TE5-MK73', '1EG4TE5MK73', '1eg4 te5 mk73'],
    invalid: ['0EG4-TE5-MK73', '1SG4-TE5-MK73', '1EB4-TE5-MK73', '1EG4-TE5-OK73'],
    made: join(
      chars('123456789', 1),
      chars('ACDEFGHJKMNPQRTUVWXY', 1),
      chars('ACDEFGHJKMNPQRTUVWXY0123456789', 1),
      digits(1),
      chars('ACDEFGHJKMNPQRTUVWXY', 1),
      chars('ACDEFGHJKMNPQRTUVWXY0123456789', 1),
      digits(1),
      chars('ACDEFGHJKMNPQRTUVWXY', 2),
      digits(2),
    ),
    caught: 0,
  },
  US_DEA: {
    valid: ['AB1234563', 'BB1388568', 'F91234563'],
    invalid: ['AB1234564', 'QB1234563', 'AB0000000'],
    made: complete(
      join(chars('ABCFGMPR', 1), anyOf(letters(1), oneOf('9')), digits(5), chars('123456789', 1)),
      (body) => body + String(sumOf(body.slice(2), [1, 2, 1, 2, 1, 2]) % 10),
    ),
    // An odd and an even digit weigh 1 and 2: five steps of an even one make ten.
    caught: 0.9,
    open: [1],
  },
  US_PASSPORT: { unknown: ['123456789', 'A12345678'], unproven: anyShape(AMERICA, 'US_PASSPORT') },
  US_DRIVER_LICENSE: {
    unknown: ['D1234567', 'F123-456-78-900-1', 'S99988801'],
    unproven: anyShape(AMERICA, 'US_DRIVER_LICENSE'),
  },
  US_BANK_NUMBER: {
    unknown: ['12345678', '00012345678901234'],
    unproven: anyShape(AMERICA, 'US_BANK_NUMBER'),
  },
  CA_SIN: {
    valid: ['130-692-544', '130 692 544', '193456787'],
    invalid: ['130-692-543', '046 454 286', '800000002', '000-000-000'],
    made: withLuhn(join(chars('1234567', 1), digits(7))),
  },
  CA_OHIP: {
    valid: ['1234-567-897-AB', '1234567897', '1234 567 897', '1234567897AB'],
    invalid: ['1234-567-898-AB', '0234567890'],
    made: complete(
      join(chars('123456789', 1), digits(8), oneOf('', 'AB', 'ZW')),
      (body) => body.slice(0, 9) + luhnDigit(body.slice(0, 9)) + body.slice(9),
    ),
  },
  CA_PASSPORT: { unknown: ['GA302922', 'P123456AA'], unproven: anyShape(AMERICA, 'CA_PASSPORT') },
})
